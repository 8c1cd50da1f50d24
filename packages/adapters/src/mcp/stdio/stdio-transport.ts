import type { Buffer } from "node:buffer";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import process from "node:process";
import { LineSplitter } from "../../sandboxes/channel/line-splitter.ts";
import { isRecord, parseJson } from "../../shared/json-access.ts";
import { tooLarge } from "../connection/limited-fetch.ts";
import { unreadableAnswerCode } from "../connection/stand-in-codes.ts";
import type { MessageTransport } from "../connection/sdk/sdk-line.ts";
import type { McpStdioServer } from "../from/mcp-server.ts";
import { ProcessGroup } from "./process-group.ts";
import { serverEnvironment } from "./server-environment.ts";
import { TextTail } from "./text-tail.ts";

/** How much of what a server writes to its standard error is kept, in bytes. */
const maxTailBytes = 4096;

/** Lines that are no messages: some servers greet. One that writes more of them does not speak the protocol. */
const maxStrayLines = 1000;

/** How long a server gets to end by itself, and again after SIGTERM, in milliseconds. */
const graceMs = 1000;

/** How long the pipes of a server that has ended are read on, in milliseconds. */
const drainMs = 200;

/** Options of {@link StdioTransport}. */
export interface StdioTransportOptions {
  /** Names the server in errors. */
  server: string;
  maxMessageBytes: number;
  /** Told why the transport closes, when it does so by itself. */
  onBroken: (error: Error) => void;
}

/**
 * Starts a server, and carries messages to its standard input and from its standard output, one a line.
 *
 * Source: MCP 2025-11-25, transports, "stdio". Unlike the transport of the SDK it ends what the server has started as
 * well, takes messages in without copying them again and again, and keeps the end of the server's standard error.
 */
export class StdioTransport implements MessageTransport {
  onclose?: () => void;
  onerror?: (error: Error) => void;
  onmessage?: (message: never) => void;
  readonly #server: McpStdioServer;
  readonly #options: StdioTransportOptions;
  readonly #errors = new TextTail(maxTailBytes);
  #strayLines = 0;
  #firstStrayLine: string | undefined;
  #group: ProcessGroup | undefined;
  #closed = false;

  constructor(server: McpStdioServer, options: StdioTransportOptions) {
    this.#server = server;
    this.#options = options;
  }

  /** What the server said outside of the protocol: the end of its standard error, and the first stray line. */
  get remarks(): string {
    const stray = this.#firstStrayLine;
    return [
      ...(this.#errors.text === "" ? [] : [`It wrote to its standard error: ${this.#errors.text}`]),
      ...(stray === undefined ? [] : [`It wrote to its standard output, outside of the protocol: ${stray}`]),
    ].join(" ");
  }

  async start(): Promise<void> {
    const { command, args = [], env = {}, cwd } = this.#server;
    const child = spawn(command, args, {
      env: serverEnvironment(env),
      ...(cwd !== undefined && { cwd }),
      stdio: ["pipe", "pipe", "pipe"],
      // A group of its own, by which all of it can be ended.
      detached: process.platform !== "win32",
      windowsHide: true,
    });
    await once(child, "spawn");
    const { pid } = child;
    if (pid === undefined) throw new Error("it has no process id");
    this.#group = new ProcessGroup(child, pid);
    if (this.#closed) {
      await this.#group.end(0);
      throw new Error("it was closed while it started");
    }
    this.#read(child);
  }

  async send(message: object): Promise<void> {
    const stdin = this.#group?.child.stdin;
    if (!stdin?.writable) throw new Error("The server has ended.");
    // Who waits for the pipe to drain waits for ever when the server has ended; what is in flight is bounded by the caller.
    stdin.write(`${JSON.stringify(message)}\n`);
  }

  async close(): Promise<void> {
    if (!this.#closed) {
      this.#closed = true;
      this.onclose?.();
    }
    await this.#group?.end(graceMs);
  }

  #read(child: ChildProcess): void {
    const { maxMessageBytes, server } = this.#options;
    const lines = new LineSplitter(maxMessageBytes, (line) => this.#take(line));
    child.stdout?.on("data", (chunk: Buffer) => {
      if (this.#closed) return;
      if (!lines.push(chunk)) this.#break(tooLarge(server, maxMessageBytes));
    });
    child.stderr?.on("data", (chunk: Buffer) => this.#errors.push(chunk));
    // Writing to a server that has ended: its end is what is reported.
    for (const stream of [child.stdin, child.stdout, child.stderr]) stream?.on("error", () => undefined);
    child.on("error", () => undefined);
    child.once("exit", (code, signal) => {
      const ended = (): void => this.#break(new Error(`it has ended (${signal ?? `exit code ${code}`})`));
      // What it wrote last may still be in the pipes; a process outside of its group can hold them open.
      const timer = setTimeout(ended, drainMs);
      child.once("close", () => {
        clearTimeout(timer);
        ended();
      });
    });
  }

  #take(line: string): void {
    if (this.#closed || line.trim() === "") return;
    const message = parseJson(line);
    if (isRecord(message)) {
      this.onmessage?.((isAnswered(message) ? message : unreadableAnswer(message["id"])) as never);
      return;
    }
    this.#firstStrayLine ??= line.slice(0, 200);
    this.#strayLines++;
    if (this.#strayLines > maxStrayLines) {
      this.#break(new Error(`it does not speak the protocol: more than ${maxStrayLines} lines are not messages`));
    }
  }

  #break(why: Error): void {
    if (this.#closed) return;
    this.#options.onBroken(why);
    void this.close();
  }
}

/** The SDK would take no notice of an answer without a result, and wait for another. */
function isAnswered(message: Record<string, unknown>): boolean {
  return "method" in message || !("id" in message) || isRecord(message["result"]) || isRecord(message["error"]);
}

function unreadableAnswer(id: unknown): object {
  const error = { code: unreadableAnswerCode, message: "The answer has neither a result nor an error" };
  return { jsonrpc: "2.0", id, error };
}
