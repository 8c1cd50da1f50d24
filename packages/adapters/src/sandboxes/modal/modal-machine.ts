import { Buffer } from "node:buffer";
import type { ContainerProcess, Sandbox } from "modal";
import { errorMessage } from "@smoltools/core";
import { shortLine } from "../../shared/provider-message.ts";
import type { ProgramListener, RemoteMachine, RemoteProgram } from "../remote/remote-machine.ts";

/** A machine of Modal. */
export class ModalMachine implements RemoteMachine {
  readonly #sandbox: Sandbox;
  #terminated = false;

  constructor(sandbox: Sandbox) {
    this.#sandbox = sandbox;
  }

  async writeFile(path: string, text: string): Promise<void> {
    await this.#sandbox.filesystem.writeText(text, path);
  }

  async start(command: readonly string[], listener: ProgramListener): Promise<RemoteProgram> {
    const program = await this.#sandbox.exec([...command], { mode: "binary" });
    void readErrorOutput(program, listener);
    void readOutput(program, listener);
    void this.#waitForEnd(listener);
    const input = program.stdin.getWriter();
    return { write: (bytes) => input.write(bytes) };
  }

  async destroy(): Promise<void> {
    if (this.#terminated) return;
    await this.#sandbox.terminate();
    this.#terminated = true;
    // Gives the connection back, so that it does not keep the process alive.
    this.#sandbox.detach();
  }

  /** Modal tells the end of a machine at once; the streams of its programs are tried again for a while. */
  async #waitForEnd(listener: ProgramListener): Promise<void> {
    try {
      await this.#sandbox.wait();
      listener.onEnd({ message: "the machine has ended" });
    } catch {
      // The streams tell it in their time.
    }
  }
}

async function readOutput(program: ContainerProcess<Uint8Array>, listener: ProgramListener): Promise<void> {
  try {
    for await (const chunk of program.stdout) listener.onOutput(Buffer.from(chunk));
    listener.onEnd({ code: await program.wait() });
  } catch (error) {
    listener.onEnd({ message: `the connection to it is lost: ${shortLine(errorMessage(error), 300)}` });
  }
}

async function readErrorOutput(program: ContainerProcess<Uint8Array>, listener: ProgramListener): Promise<void> {
  const decoder = new TextDecoder();
  try {
    for await (const chunk of program.stderr) listener.onErrorOutput(decoder.decode(chunk, { stream: true }));
  } catch {
    // What ended it is told by standard output.
  }
}
