import { Buffer } from "node:buffer";
import type { IncomingMessage, ServerResponse } from "node:http";
import { HttpService, sendJson } from "../../remote/test-support/http-service.ts";
import type { LocalMachine } from "../../remote/test-support/local-machine.ts";
import { MachinePark } from "../../remote/test-support/machine-park.ts";
import type { FakeProvider } from "../../remote/test-support/remote-cases.ts";
import { connectEnvelope, readEnvelope } from "./connect-envelope.ts";

export const apiKey = "e2b_0123456789abcdef0123456789abcdef01234567";
const accessToken = "envd-access-token-0123456789";
const endOfStream = 2;

/** What the request for a machine said. */
export interface CreateRequest {
  templateID: string;
  timeout: number;
  allow_internet_access: boolean;
}

/**
 * A local E2B: the requests of its control plane and of `envd`, the service inside its machines, that the library makes
 * for `Sandbox.create`, `files.write`, `commands.run`, `sendStdin` and `kill`.
 */
export class E2bServer implements FakeProvider {
  readonly machines: MachinePark = new MachinePark();
  readonly created: CreateRequest[] = [];
  hold: Promise<void> = Promise.resolve();
  #refusal: { status: number; message: string } | undefined;
  #service: HttpService | undefined;

  static async start(): Promise<E2bServer> {
    const server = new E2bServer();
    server.#service = await HttpService.start((...request) => server.#answer(...request));
    return server;
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
    const { pathname, searchParams } = new URL(request.url ?? "", this.url);
    if (pathname.includes("/sandboxes")) return await this.#answerControl(request, response, pathname, body);
    const machine = this.machines.get(String(request.headers["e2b-sandbox-id"]));
    if (!machine) return sendJson(response, 502, { code: "unavailable", message: "the sandbox was not found" });
    if (request.headers["x-access-token"] !== accessToken) return sendJson(response, 401, { code: "unauthenticated" });
    switch (pathname) {
      case "/health":
        response.writeHead(204).end();
        return;
      case "/files":
        return await writeFiles(machine, request, response, searchParams.get("path") ?? "", body);
      case "/process.Process/Start":
        return startProcess(machine, request, response, body);
      case "/process.Process/SendInput":
        return await sendInput(machine, response, body);
      default:
        return sendJson(response, 404, { code: "unimplemented", message: `no ${pathname}` });
    }
  }

  async #answerControl(
    request: IncomingMessage,
    response: ServerResponse,
    pathname: string,
    body: Buffer,
  ): Promise<void> {
    if (request.headers["x-api-key"] !== apiKey) {
      const key = String(request.headers["x-api-key"]);
      return sendJson(response, 401, { code: 401, message: `no such API key: ${key}` });
    }
    if (request.method === "POST" && pathname === "/v2/sandboxes") {
      if (this.#refusal) {
        const { status, message } = this.#refusal;
        return sendJson(response, status, { code: status, message });
      }
      const wanted = JSON.parse(body.toString()) as CreateRequest;
      this.created.push(wanted);
      const sandboxID = `sbx${this.created.length}`;
      this.machines.add(sandboxID);
      await this.hold;
      const { templateID } = wanted;
      return sendJson(response, 201, { sandboxID, templateID, envdVersion: "0.6.4", envdAccessToken: accessToken });
    }
    const id = /^\/sandboxes\/(\w+)$/.exec(pathname)?.[1];
    if (request.method !== "DELETE" || id === undefined) return sendJson(response, 404, { code: 404, message: "no" });
    if (await this.machines.end(id)) response.writeHead(204).end();
    else sendJson(response, 404, { code: 404, message: `no sandbox ${id}` });
  }
}

async function writeFiles(
  machine: LocalMachine,
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  body: Buffer,
): Promise<void> {
  const type = String(request.headers["content-type"]);
  const form = await new Response(new Uint8Array(body), { headers: { "content-type": type } }).formData();
  const file = form.get("file");
  if (!(file instanceof Blob)) return sendJson(response, 400, { code: "invalid_argument", message: "no file" });
  await machine.writeFile(path, new Uint8Array(await file.arrayBuffer()));
  sendJson(response, 200, [{ name: path.split("/").at(-1), path, type: "file" }]);
}

/** `process.Process/Start`: a stream of the Connect protocol, in JSON. */
function startProcess(machine: LocalMachine, request: IncomingMessage, response: ServerResponse, body: Buffer): void {
  const { process: config } = readEnvelope(body) as { process: { cmd: string; args: string[] } };
  // A login shell would read the profile of the machine that the tests run on.
  const { id, program } = machine.start([config.cmd, ...config.args.filter((arg) => arg !== "-l")]);
  response.writeHead(200, { "content-type": String(request.headers["content-type"]) });
  const tell = (event: object): void => void response.write(connectEnvelope({ event }));
  tell({ start: { pid: Number(id) } });
  program.stdout.on("data", (chunk: Buffer) => tell({ data: { stdout: chunk.toString("base64") } }));
  program.stderr.on("data", (chunk: Buffer) => tell({ data: { stderr: chunk.toString("base64") } }));
  program.once("close", (code, signal) => {
    // A machine that is switched off says nothing any more.
    if (!machine.alive) return void response.destroy();
    tell({ end: { exitCode: code ?? -1, exited: code !== null, status: signal ?? `exit status ${code}` } });
    response.end(connectEnvelope({}, endOfStream));
  });
}

async function sendInput(machine: LocalMachine, response: ServerResponse, body: Buffer): Promise<void> {
  const { process: selector, input } = JSON.parse(body.toString()) as {
    process: { pid: number };
    input: { stdin: string };
  };
  await machine.write(String(selector.pid), Buffer.from(input.stdin, "base64"));
  sendJson(response, 200, {});
}
