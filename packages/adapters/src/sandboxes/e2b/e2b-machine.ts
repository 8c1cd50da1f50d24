import { Buffer } from "node:buffer";
import type { CommandHandle, Sandbox } from "e2b";
import { errorMessage } from "@smoltools/core";
import { fieldOf } from "../../shared/json-access.ts";
import { shortLine } from "../../shared/provider-message.ts";
import type { ProgramListener, RemoteMachine, RemoteProgram } from "../remote/remote-machine.ts";
import { shellCommand } from "../remote/remote-guest.ts";

/**
 * E2B's library keeps all that a program prints in memory, for the whole life of the program. No agent comes near this;
 * a guest that does is ended.
 */
const maxOutputChars = 256 * 1024 * 1024;
const killTimeoutMs = 10_000;

/** A machine of E2B. */
export class E2bMachine implements RemoteMachine {
  readonly #sandbox: Sandbox;
  #handle: CommandHandle | undefined;

  constructor(sandbox: Sandbox) {
    this.#sandbox = sandbox;
  }

  async writeFile(path: string, text: string): Promise<void> {
    await this.#sandbox.files.write(path, text);
  }

  async start(command: readonly string[], listener: ProgramListener): Promise<RemoteProgram> {
    let left = maxOutputChars;
    const spend = (text: string): boolean => {
      left -= text.length;
      if (left < 0) listener.onEnd({ message: `it sent more than ${maxOutputChars} characters in all` });
      return left >= 0;
    };
    const handle = await this.#sandbox.commands.run(shellCommand(command), {
      background: true,
      stdin: true,
      timeoutMs: 0,
      onStdout: (text) => {
        if (spend(text)) listener.onOutput(Buffer.from(text));
      },
      onStderr: (text) => {
        if (spend(text)) listener.onErrorOutput(text);
      },
    });
    this.#handle = handle;
    void waitForEnd(handle, listener);
    return { write: (bytes) => handle.sendStdin(bytes) };
  }

  async destroy(): Promise<void> {
    try {
      await this.#sandbox.kill({ requestTimeoutMs: killTimeoutMs });
    } finally {
      // Gives the connection back, so that it does not keep the process alive.
      await this.#handle?.disconnect();
    }
  }
}

async function waitForEnd(handle: CommandHandle, listener: ProgramListener): Promise<void> {
  try {
    const { exitCode } = await handle.wait();
    listener.onEnd({ code: exitCode });
  } catch (error) {
    const code = fieldOf(fieldOf(error, "result"), "exitCode");
    if (typeof code === "number") listener.onEnd({ code });
    else listener.onEnd({ message: `the connection to it is lost: ${shortLine(errorMessage(error), 300)}` });
  }
}
