import { Buffer } from "node:buffer";
import { errorMessage } from "@smoltools/core";
import type { SandboxInstance, settings as Settings } from "@blaxel/core";
import { shortLine } from "../../shared/provider-message.ts";
import type { GuestExit } from "../channel/guest-channel.ts";
import type { ProgramListener, RemoteMachine, RemoteProgram } from "../remote/remote-machine.ts";
import { shellCommand } from "../remote/remote-guest.ts";
import { TaggedOutput } from "./tagged-output.ts";

const programName = "guest";

/** A machine of Blaxel. */
export class BlaxelMachine implements RemoteMachine {
  readonly #sandbox: SandboxInstance;
  readonly #settings: typeof Settings;
  readonly #connection = new AbortController();

  constructor(sandbox: SandboxInstance, settings: typeof Settings) {
    this.#sandbox = sandbox;
    this.#settings = settings;
  }

  async writeFile(path: string, text: string): Promise<void> {
    await this.#sandbox.fs.write(path, text);
  }

  async start(command: readonly string[], listener: ProgramListener): Promise<RemoteProgram> {
    const { process } = this.#sandbox;
    await process.exec({
      name: programName,
      command: shellCommand(command),
      stdin: true,
      // The machine does not go to sleep while the guest runs, and the guest has no time limit of its own.
      keepAlive: true,
      timeout: 0,
    });
    void this.#follow(listener);
    return { write: (bytes) => process.writeStdin(programName, bytes) };
  }

  async destroy(): Promise<void> {
    this.#connection.abort();
    try {
      await this.#sandbox.delete();
    } catch (error) {
      if (!isGone(error)) throw error;
    }
  }

  /**
   * Reads what the guest prints, from its beginning to its end.
   *
   * Blaxel's library can do so too, but keeps a line until it is complete, however long it grows.
   */
  async #follow(listener: ProgramListener): Promise<void> {
    let exit: GuestExit;
    try {
      const response = await fetch(`${this.#sandbox.process.url}/process/${programName}/logs/stream`, {
        headers: this.#settings.headers,
        // What answers is in the machine, with the code: it must not send the key elsewhere.
        redirect: "error",
        signal: this.#connection.signal,
      });
      if (!response.ok || !response.body) throw new Error(`the stream of its output was refused (${response.status})`);
      const output = new TaggedOutput(listener);
      for await (const chunk of response.body) output.push(Buffer.from(chunk));
      const { status, exitCode } = await this.#sandbox.process.get(programName);
      exit = status === "running" ? { message: "the stream of its output ended" } : { code: exitCode };
    } catch (error) {
      exit = { message: `the connection to it is lost: ${shortLine(errorMessage(error), 300)}` };
    }
    listener.onEnd(exit);
  }
}

function isGone(error: unknown): boolean {
  const { code, status } = (error ?? {}) as { code?: unknown; status?: unknown };
  return code === 404 || status === 404;
}
