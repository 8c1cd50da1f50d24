import type { PyodideAPI } from "pyodide";
import type { Line } from "../../javascript/guest/platform.ts";

type Message =
  | { type: "setup"; setup: { files: Record<string, string> } }
  | { type: "run"; run: number }
  | { type: "settle"; answers: unknown[] }
  | { type: "stop"; run: number }
  | { type: "ping"; id: number };

/** The platform of `platform_pyodide.py`, as JavaScript sees it. */
interface PythonPlatform {
  set_up(setup: string): void;
  run: { callPromising(message: string): Promise<boolean> };
  settle(answers: string): void;
  stop(run: number): void;
}

/** Where the guest's files are, in the file system that Pyodide has in its memory. */
const root = "/guest";

/** Passes messages of the host to the guest's Python, and back. */
export class PyodideGuest {
  readonly #line: Line;
  readonly #write: (text: string) => void;
  readonly #pyodide: PyodideAPI;
  #platform: PythonPlatform | undefined;

  /** @param write - Takes messages of the guest as they are, with their line breaks. */
  constructor(line: Line, write: (text: string) => void, pyodide: PyodideAPI) {
    this.#line = line;
    this.#write = write;
    this.#pyodide = pyodide;
  }

  start(): void {
    this.#line.listen((message) => this.#receive(message as Message));
  }

  #receive(message: Message): void {
    switch (message.type) {
      case "setup":
        this.#setUp(message.setup);
        break;
      case "run":
        void this.#run(message);
        break;
      case "settle":
        this.#platform?.settle(JSON.stringify(message.answers));
        break;
      case "stop":
        this.#platform?.stop(message.run);
        break;
      case "ping":
        this.#line.send({ type: "pong", id: message.id });
        break;
    }
  }

  #setUp({ files, ...setup }: Extract<Message, { type: "setup" }>["setup"]): void {
    try {
      const { FS } = this.#pyodide;
      for (const [path, source] of Object.entries(files)) {
        FS.mkdirTree(`${root}/${path}`.replace(/\/[^/]*$/, ""));
        FS.writeFile(`${root}/${path}`, source);
      }
      const make = this.#pyodide.runPython(
        `import sys\nsys.path.insert(0, "${root}")\nimport platform_pyodide\nsys.path.remove("${root}")\nplatform_pyodide.Pyodide`,
      ) as (write: (text: string) => void, newPromise: () => object, folder: string) => PythonPlatform;
      this.#platform = make(this.#write, newPromise, root);
      this.#platform.set_up(JSON.stringify(setup));
    } catch (error) {
      this.#line.send({ type: "failed", message: String(error) });
    }
  }

  async #run(message: object): Promise<void> {
    if (await this.#platform?.run.callPromising(JSON.stringify(message))) return;
    throw new Error("out of memory");
  }
}

/** What the code waits on, and what ends the waiting. */
function newPromise(): { promise: Promise<void>; resolve: () => void } {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
