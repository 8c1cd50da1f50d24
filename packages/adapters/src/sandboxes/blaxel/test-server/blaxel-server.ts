import type { Buffer } from "node:buffer";
import type { IncomingMessage, ServerResponse } from "node:http";
import { HttpService, sendJson } from "../../remote/test-support/http-service.ts";
import type { LocalMachine } from "../../remote/test-support/local-machine.ts";
import { MachinePark } from "../../remote/test-support/machine-park.ts";
import type { FakeProvider } from "../../remote/test-support/remote-cases.ts";

export const apiKey = "bl_0123456789abcdef0123456789abcdef";
export const workspace = "acme";

/** What the request for a machine said. */
export interface CreateRequest {
  metadata: { name: string };
  spec: { region: string; network?: object; runtime: { image: string; memory: number; ttl: string } };
}

/** How a program that was started by name is known afterwards. */
interface Program {
  id: string;
  /** All that it printed, with the tags of the stream of logs. */
  log: string[];
  /** The streams that follow it. */
  followers: Set<ServerResponse>;
  exitCode: number | undefined;
}

/**
 * A local Blaxel: the requests of its control plane and of `sandbox-api`, the service inside its machines, that the
 * library makes for `SandboxInstance.create` and `delete`, `fs.write`, `process.exec`, `get` and `writeStdin`, and the
 * stream of logs.
 */
export class BlaxelServer implements FakeProvider {
  readonly machines: MachinePark = new MachinePark();
  readonly created: CreateRequest[] = [];
  hold: Promise<void> = Promise.resolve();
  /** Where the stream of logs is said to be instead, as a machine says whose code has taken it over. */
  logsElsewhere: string | undefined;
  #refusal: { status: number; message: string } | undefined;
  readonly #programs = new Map<string, Program>();
  #service: HttpService | undefined;

  /** @param port - 0 for any that is free. The library does not look for the address again once it knows it. */
  static async start(port = 0): Promise<BlaxelServer> {
    const server = new BlaxelServer();
    server.#service = await HttpService.start((...request) => server.#answer(...request), port);
    return server;
  }

  get port(): number {
    return this.#service?.port ?? 0;
  }

  get url(): string {
    return this.#service?.url ?? "";
  }

  refuse(status: number, message: string): void {
    this.#refusal = { status, message };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.machines.endAll();
    await this.#service?.[Symbol.asyncDispose]();
  }

  async #answer(request: IncomingMessage, response: ServerResponse, body: Buffer): Promise<void> {
    // The next server may have the same address: no connection to this one may be tried then.
    response.setHeader("connection", "close");
    const { pathname } = new URL(request.url ?? "", this.url);
    const authorization = String(request.headers["x-blaxel-authorization"]);
    if (authorization !== `Bearer ${apiKey}` || request.headers["x-blaxel-workspace"] !== workspace) {
      return sendJson(response, 401, { code: 401, error: `no such key: ${authorization}` });
    }
    const [, plane, name = "", ...path] = pathname.split("/");
    if (plane === "sandboxes") return await this.#answerControl(request, response, name, body);
    const machine = this.machines.get(name);
    if (!machine) return sendJson(response, 404, { error: "no such sandbox" });
    const [area, ...rest] = path;
    if (area === "filesystem" && request.method === "PUT") {
      const { content } = JSON.parse(body.toString()) as { content: string };
      await machine.writeFile(decodeURIComponent(rest.join("/")), new TextEncoder().encode(content));
      return sendJson(response, 200, { message: "File created" });
    }
    if (area !== "process") return sendJson(response, 404, { error: `no ${pathname}` });
    if (request.method === "POST" && rest.length === 0) return this.#startProgram(machine, name, response, body);
    if (this.logsElsewhere !== undefined && rest[1] === "logs") {
      response.writeHead(307, { location: this.logsElsewhere }).end();
      return;
    }
    const program = this.#programs.get(`${name}/${rest[0]}`);
    if (!program) return sendJson(response, 404, { error: "process not found" });
    await answerProgram(machine, program, `${request.method} ${rest.slice(1).join("/")}`.trimEnd(), response, body);
  }

  async #answerControl(request: IncomingMessage, response: ServerResponse, name: string, body: Buffer): Promise<void> {
    if (request.method === "DELETE") {
      if (await this.machines.end(name)) return sendJson(response, 200, { metadata: { name }, status: "DELETING" });
      return sendJson(response, 404, { code: 404, error: "Sandbox not found" });
    }
    if (request.method !== "POST") return sendJson(response, 405, { code: 405, error: "no such request" });
    if (this.#refusal) {
      const { status, message } = this.#refusal;
      return sendJson(response, status, { code: status, error: message });
    }
    const wanted = JSON.parse(body.toString()) as CreateRequest;
    this.created.push(wanted);
    this.machines.add(wanted.metadata.name);
    await this.hold;
    const metadata = { ...wanted.metadata, url: `${this.url}/run/${wanted.metadata.name}` };
    sendJson(response, 200, { ...wanted, metadata, status: "DEPLOYED" });
  }

  #startProgram(machine: LocalMachine, box: string, response: ServerResponse, body: Buffer): void {
    const { name, command } = JSON.parse(body.toString()) as { name: string; command: string };
    const { id, program } = machine.start(["/bin/sh", "-c", command]);
    const started: Program = { id, log: [], followers: new Set(), exitCode: undefined };
    const tag = tagger((text) => {
      started.log.push(text);
      for (const follower of started.followers) follower.write(text);
    });
    program.stdout.on("data", (chunk: Buffer) => tag("stdout", chunk));
    program.stderr.on("data", (chunk: Buffer) => tag("stderr", chunk));
    program.once("close", (code) => {
      started.exitCode = code ?? -1;
      for (const follower of started.followers) {
        // A machine that is switched off says nothing any more.
        if (machine.alive) follower.end();
        else follower.destroy();
      }
    });
    this.#programs.set(`${box}/${name}`, started);
    sendJson(response, 200, { pid: id, name, command, status: "running" });
  }
}

async function answerProgram(
  machine: LocalMachine,
  program: Program,
  what: string,
  response: ServerResponse,
  body: Buffer,
): Promise<void> {
  switch (what) {
    case "GET":
      return sendJson(response, 200, {
        pid: program.id,
        status: program.exitCode === undefined ? "running" : program.exitCode === 0 ? "completed" : "failed",
        exitCode: program.exitCode ?? 0,
      });
    case "POST stdin":
      await machine.write(program.id, body);
      return sendJson(response, 200, { message: "written" });
    case "GET logs/stream":
      response.writeHead(200, { "content-type": "text/plain; charset=utf-8" });
      response.write(`${program.log.join("")}[keepalive]\n`);
      if (program.exitCode === undefined) program.followers.add(response);
      else response.end();
      return;
    default:
      return sendJson(response, 404, { error: `no ${what}` });
  }
}

/** Puts the name of the stream before each line, and passes parts of lines on as they come. */
function tagger(write: (text: string) => void): (stream: string, chunk: Buffer) => void {
  const decoders = new Map<string, TextDecoder>();
  let atStart = true;
  return (stream, chunk) => {
    const decoder = decoders.get(stream) ?? new TextDecoder();
    decoders.set(stream, decoder);
    const text = decoder.decode(chunk, { stream: true });
    const tagged = text.replace(/\n(?=[^])/g, `\n${stream}:`);
    write(`${atStart ? `${stream}:` : ""}${tagged}`);
    atStart = text.endsWith("\n");
  };
}
