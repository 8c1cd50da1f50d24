import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** An endpoint as an app of Gradio has it. */
export interface ServedEndpoint {
  readonly name: string;
  readonly description?: string;
  /** Entries of `/info`. */
  readonly parameters?: readonly object[];
  readonly returns?: readonly object[];
  /** Types of the components in their order, where they are not those of `/info`: with states. */
  readonly inputs?: readonly object[];
  readonly outputs?: readonly object[];
  readonly queue?: boolean;
  /** The function. @returns The list of the outputs. */
  run(data: readonly unknown[], call: ServedCall): unknown;
}

/** A call that runs. */
export interface ServedCall {
  readonly event: string;
  /** Aborted when the caller cancels, or leaves. */
  readonly signal: AbortSignal;
  /** Sends a message of the queue. */
  send(message: object): void;
  /** Sends bytes as they are. */
  write(text: string): void;
  /** Ends the connection in its middle. */
  breakOff(): void;
}

/** A request as it arrived. */
export interface ArrivedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: Buffer;
}

/** What is answered in place of what Gradio would. */
export interface OtherAnswer {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body?: string;
  /** Nothing is answered at all. */
  readonly hangs?: true;
}

/** Options of {@link spaceServer}. */
export interface SpaceServerOptions {
  endpoints: readonly ServedEndpoint[];
  /** Members of `/config` that are others. */
  config?: object;
  answer?: (request: ArrivedRequest) => OtherAnswer | undefined;
}

/** A server that speaks as Gradio 6 does, recorded from one. */
export interface SpaceServer extends AsyncDisposable {
  readonly url: string;
  readonly arrived: ArrivedRequest[];
  /** Files of the app, by their paths. */
  readonly files: Map<string, Uint8Array>;
  /** May be changed while it runs. */
  options: SpaceServerOptions;
  /** Puts a file among those of the app. @returns The object that stands for it. */
  file(bytes: Uint8Array, about: { mediaType: string; name: string }): object;
}

/** Info of a parameter or of a result of any type. */
export function anyValue(name: string, type: object = {}): object {
  return { label: name, parameter_name: name, type, python_type: { type: "Any", description: "" }, component: "Api" };
}

/** Starts a server. */
export async function spaceServer(options: SpaceServerOptions): Promise<SpaceServer> {
  const sessions = new Map<string, Session>();
  let events = 0;
  const http = createServer((request, response) => void handle(request, response).catch(() => response.destroy()));
  http.listen(0, "127.0.0.1");
  await once(http, "listening");
  const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  const server: SpaceServer = {
    url,
    arrived: [],
    files: new Map(),
    options,
    file: (bytes, { mediaType, name }) => {
      const path = `/srv/gradio/${server.files.size}/${name}`;
      server.files.set(path, bytes);
      const meta = { _type: "gradio.FileData" };
      return { path, url: `http://elsewhere.invalid/file=${path}`, orig_name: name, mime_type: mediaType, meta };
    },
    [Symbol.asyncDispose]: async () => {
      http.close();
      http.closeAllConnections();
      await once(http, "close");
    },
  };
  const session = (hash: string): Session => {
    const known = sessions.get(hash) ?? new Session();
    sessions.set(hash, known);
    return known;
  };

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { method = "", url: path = "", headers } = request;
    const arrived = { method, path, headers, body: Buffer.concat(chunks) };
    server.arrived.push(arrived);
    const other = server.options.answer?.(arrived);
    if (other?.hangs) return;
    if (other) {
      response.writeHead(other.status ?? 200, other.headers ?? { "content-type": "application/json" });
      response.end(other.body ?? "");
      return;
    }
    await route(arrived, response);
  }

  async function route({ path, headers, body }: ArrivedRequest, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(path, url);
    const json = (value: unknown): void => {
      response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(value));
    };
    const at = pathname.replace("/gradio_api", "");
    if (at === "/config") return json(configOf(server.options));
    if (at === "/app_id") return json({ app_id: Reflect.get(configOf(server.options), "app_id") });
    if (at === "/info") return json(infoOf(server.options));
    if (at === "/upload") return json(await upload(headers["content-type"] ?? "", body));
    if (at === "/queue/join") return json({ event_id: join(JSON.parse(body.toString()) as Join) });
    if (at === "/queue/data") {
      const hash = searchParams.get("session_hash") ?? "";
      response.on("close", () => sessions.delete(hash));
      return session(hash).open(response);
    }
    if (at === "/cancel") {
      const { session_hash: hash } = JSON.parse(body.toString()) as Join;
      session(hash).end.abort();
      return json({ success: true });
    }
    if (at.startsWith("/heartbeat/")) {
      response.writeHead(200, { "content-type": "text/event-stream" }).flushHeaders();
      return;
    }
    const [, called, event] = /^\/call\/([^/]+)(?:\/([^/]+))?$/.exec(at) ?? [];
    if (called !== undefined && event === undefined) {
      const { data } = JSON.parse(body.toString()) as Join;
      const index = server.options.endpoints.findIndex(({ name }) => name === decodeURIComponent(called));
      const hash = `simple${++events}`;
      begin(index, data, hash, hash);
      return json({ event_id: hash });
    }
    if (event !== undefined) {
      response.on("close", () => sessions.delete(event));
      return session(event).open(response, simpleEvent);
    }
    if (at.startsWith("/run/")) {
      const { fn_index: index, data } = JSON.parse(body.toString()) as Join;
      const call: ServedCall = {
        event: "direct",
        signal: new AbortController().signal,
        send: () => undefined,
        write: () => undefined,
        breakOff: () => response.destroy(),
      };
      return json({ data: await server.options.endpoints[index]?.run(data, call) });
    }
    const file = at.startsWith("/file=") ? server.files.get(decodeURIComponent(at.slice(6))) : undefined;
    if (file) response.writeHead(200, { "content-type": "application/octet-stream" }).end(file);
    else response.writeHead(404, { "content-type": "application/json" }).end('{"detail":"Not Found"}');
  }

  async function upload(type: string, body: Buffer): Promise<string[]> {
    const form = await new Response(new Uint8Array(body), { headers: { "content-type": type } }).formData();
    const paths: string[] = [];
    for (const file of form.getAll("files")) {
      if (typeof file === "string") continue;
      const path = `/srv/uploads/${server.files.size}/${file.name}`;
      server.files.set(path, new Uint8Array(await file.arrayBuffer()));
      paths.push(path);
    }
    return paths;
  }

  function join({ session_hash: hash, fn_index: index, data }: Join): string {
    const event = `event${++events}`;
    begin(index, data, hash, event);
    return event;
  }

  function begin(index: number, data: unknown[], hash: string, event: string): void {
    const here = session(hash);
    const call: ServedCall = {
      event,
      signal: here.end.signal,
      send: (message) => here.write(`data: ${JSON.stringify({ event_id: event, ...message })}\n\n`),
      write: (text) => here.write(text),
      breakOff: () => here.breakOff(),
    };
    void run(server.options.endpoints[index], data, call);
  }
  return server;
}

interface Join {
  session_hash: string;
  fn_index: number;
  data: unknown[];
}

async function run(endpoint: ServedEndpoint | undefined, data: unknown[], call: ServedCall): Promise<void> {
  call.send({ msg: "estimation", rank: 0, queue_size: 1, rank_eta: null });
  call.send({ msg: "process_starts", eta: null });
  try {
    const result = await endpoint?.run(data, call);
    if (call.signal.aborted) return;
    call.send({ msg: "process_completed", output: { data: result, is_generating: false }, success: true });
  } catch (error) {
    if (call.signal.aborted) return;
    const message = error instanceof Error ? error.message : null;
    call.send({ msg: "process_completed", output: { error: message, title: "Error" }, success: false });
  }
  call.send({ msg: "close_stream", event_id: null });
}

/** A message of the queue as the simple API has it: nothing for those that it does not tell, `undefined` for the end. */
function simpleEvent(text: string): string | undefined {
  const json = /^data: (.*)\n\n$/s.exec(text)?.[1];
  // What an endpoint writes itself goes out as it is.
  if (json === undefined) return text;
  const {
    msg,
    output = {},
    success,
  } = JSON.parse(json) as { msg: string; output?: { data?: unknown }; success?: boolean };
  const name = { process_completed: success ? "complete" : "error", process_generating: "generating", heartbeat: "heartbeat" }[msg]; // prettier-ignore
  if (msg === "close_stream") return undefined;
  if (name === undefined) return "";
  return `event: ${name}\ndata: ${JSON.stringify(name === "error" ? output : (output.data ?? null))}\n\n`;
}

/** What goes to one caller; it waits until the caller listens. */
class Session {
  readonly end = new AbortController();
  #response: ServerResponse | undefined;
  #waiting: string[] = [];
  #told: (text: string) => string | undefined = (text) => text;
  #isBroken = false;

  open(response: ServerResponse, told?: (text: string) => string | undefined): void {
    this.#response = response;
    if (told) this.#told = told;
    if (this.#isBroken) return void response.destroy();
    response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8" });
    response.on("close", () => this.end.abort());
    for (const text of this.#waiting.splice(0)) this.write(text);
  }

  write(text: string): void {
    if (!this.#response) return void this.#waiting.push(text);
    const told = this.#told(text);
    if (told === undefined) this.#response.end();
    else this.#response.write(told);
  }

  breakOff(): void {
    this.#isBroken = true;
    this.#response?.destroy();
  }
}

function configOf({ endpoints, config }: SpaceServerOptions): object {
  const components: object[] = [];
  const ids = (list: readonly object[]): number[] =>
    list.map((component) => components.push({ id: components.length, type: "api", props: {}, ...component }) - 1);
  const dependencies = endpoints.map(({ name, parameters = [], returns = [], inputs, outputs, queue = true }, id) => ({
    id,
    api_name: name,
    inputs: ids(inputs ?? parameters.map(() => ({}))),
    outputs: ids(outputs ?? returns.map(() => ({}))),
    queue,
    types: { generator: false, cancel: false },
  }));
  return {
    version: "6.31.0",
    api_prefix: "/gradio_api",
    app_id: 7,
    protocol: "sse_v3",
    enable_queue: true,
    connect_heartbeat: false,
    root: "http://elsewhere.invalid",
    components,
    dependencies,
    ...config,
  };
}

function infoOf({ endpoints }: SpaceServerOptions): object {
  const named = endpoints.map(({ name, description = "", parameters = [], returns = [] }) => [
    `/${name}`,
    { description, parameters, returns, api_visibility: "public" },
  ]);
  return { named_endpoints: Object.fromEntries(named), unnamed_endpoints: {} };
}
