import { Buffer } from "node:buffer";
import http from "node:http";
import https from "node:https";
import { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { fieldOf, isRecord, parseJson, textField } from "../../shared/json-access.ts";
import { shortLine } from "../../shared/provider-message.ts";
import { connectionProblem } from "./connection-problem.ts";
import type { DockerEndpoint } from "./docker-endpoint.ts";
import { DockerFailure } from "./docker-failure.ts";

/** What is asked of the daemon. */
export interface DockerRequest {
  method: "GET" | "POST" | "DELETE";
  /** Without the version, such as `"/containers/json"`. */
  path: string;
  query?: Readonly<Record<string, string>>;
  /** JSON. */
  body?: unknown;
  /** Longest time until the whole answer is there. Default 60 s; `Infinity` waits for ever. */
  timeoutMs?: number;
  /** Whether the open connection lets this process end. */
  background?: boolean;
  /** Takes the answer piece by piece instead of as a whole. */
  onChunk?: (chunk: Buffer) => void;
}

/** The newest version of the API that this was written for; with an older daemon, its own is spoken. */
const newestVersion = "1.51";
const defaultTimeoutMs = 60_000;
const maxAnswerBytes = 16 * 1024 * 1024;

/**
 * Speaks to a Docker daemon.
 *
 * Docker Engine API, https://docs.docker.com/reference/api/engine/
 */
export class DockerClient {
  readonly #endpoint: DockerEndpoint;
  readonly #agent: http.Agent;
  #version: string | undefined;
  #latencyMs = 0;

  constructor(endpoint: DockerEndpoint) {
    this.#endpoint = endpoint;
    // Idle connections in the pool let the process end.
    this.#agent = new (endpoint.tls ? https : http).Agent({ keepAlive: true });
  }

  /** Whether the daemon listens on a socket or pipe of this machine. The daemon itself may be in a virtual one. */
  get isLocal(): boolean {
    return "socketPath" in this.#endpoint.address;
  }

  /** How long an answer takes to come over the network, in milliseconds. */
  get latencyMs(): number {
    return this.#latencyMs;
  }

  /**
   * Agrees with the daemon on a version of the API; comes first.
   *
   * @returns The version that is spoken.
   * @throws DockerFailure when there is no daemon.
   */
  async negotiate(timeoutMs: number): Promise<string> {
    const response = await this.#send({ method: "GET", path: "/_ping", timeoutMs });
    await readText(response);
    const offered = String(response.headers["api-version"] ?? "");
    if (!/^\d+\.\d+$/.test(offered))
      throw new DockerFailure(`what listens at ${this.#endpoint.url} is no Docker daemon`);
    if (!this.isLocal) {
      const startedAt = performance.now();
      await readText(await this.#send({ method: "GET", path: "/_ping", timeoutMs }));
      this.#latencyMs = performance.now() - startedAt;
    }
    this.#version = isOlder(offered, newestVersion) ? offered : newestVersion;
    return this.#version;
  }

  /**
   * Sends a request and reads the answer, which is JSON or nothing.
   *
   * @throws DockerFailure when the daemon cannot be reached, or refuses.
   */
  async request(request: DockerRequest): Promise<unknown> {
    const response = await this.#send(request);
    const { statusCode: status = 0 } = response;
    try {
      if (status < 400 && request.onChunk) return void (await readChunks(response, request.onChunk));
      const text = await readText(response);
      if (status < 400) return parseJson(text);
      throw new DockerFailure(shortLine(textField(parseJson(text), "message") ?? text, 500), { status });
    } catch (error) {
      throw this.#failure(error);
    }
  }

  /**
   * Connects to the streams of a container: what is written goes to its standard input, what is read are frames of its
   * standard output and error.
   */
  async attach(id: string): Promise<Socket> {
    const query = new URLSearchParams({ stream: "1", stdin: "1", stdout: "1", stderr: "1" });
    const request = this.#open("POST", `/containers/${id}/attach?${query}`, {
      headers: { Connection: "Upgrade", Upgrade: "tcp" },
      agent: false,
    });
    const giveUp = setTimeout(() => request.destroy(new Error("it took too long")), defaultTimeoutMs);
    try {
      return await new Promise((resolve, reject) => {
        request.on("upgrade", (_response, stream: Duplex, head) => {
          if (!(stream instanceof Socket)) return reject(new Error("the connection is no socket"));
          stream.on("error", () => undefined);
          if (head.length > 0) stream.unshift(head);
          resolve(stream);
        });
        request.on("response", (response) => {
          response.resume();
          reject(new DockerFailure(`the streams of the container cannot be had (status ${response.statusCode})`));
        });
        request.on("error", reject);
        request.end();
      });
    } catch (error) {
      throw this.#failure(error);
    } finally {
      clearTimeout(giveUp);
    }
  }

  async #send(request: DockerRequest): Promise<http.IncomingMessage> {
    const { method, path, query, body, timeoutMs = defaultTimeoutMs, background = false } = request;
    const search = query ? `?${new URLSearchParams(query)}` : "";
    const content = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
    const outgoing = this.#open(method, path + search, {
      agent: background ? false : this.#agent,
      headers: content ? { "Content-Type": "application/json", "Content-Length": content.length } : {},
      ...(timeoutMs < Infinity && { signal: AbortSignal.timeout(timeoutMs) }),
    });
    if (background) outgoing.on("socket", (socket) => socket.unref());
    try {
      return await new Promise((resolve, reject) => {
        outgoing.on("response", resolve);
        outgoing.on("error", reject);
        outgoing.end(content);
      });
    } catch (error) {
      throw this.#failure(error);
    }
  }

  #open(method: string, path: string, options: http.RequestOptions): http.ClientRequest {
    const { address, tls } = this.#endpoint;
    const prefix = this.#version === undefined ? "" : `/v${this.#version}`;
    const all = { ...address, method, path: prefix + path, ...options };
    return tls ? https.request({ ...all, ...tls }) : http.request(all);
  }

  #failure(error: unknown): DockerFailure {
    if (error instanceof DockerFailure) return error;
    return new DockerFailure(connectionProblem(error, this.#endpoint), { cause: error });
  }
}

/** Whether one version of the API is older than another; both look like `1.41`. */
export function isOlder(version: string, than: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [thanMajor = 0, thanMinor = 0] = than.split(".").map(Number);
  return major < thanMajor || (major === thanMajor && minor < thanMinor);
}

/** A field of an answer that has to be a text. */
export function answerText(answer: unknown, name: string): string {
  const text = textField(answer, name);
  if (text === undefined) throw new DockerFailure(`the Docker daemon gave an answer without "${name}"`);
  return text;
}

/** A field of an answer that has to be a number. */
export function answerNumber(answer: unknown, name: string): number {
  const number = fieldOf(answer, name);
  if (typeof number !== "number") throw new DockerFailure(`the Docker daemon gave an answer without "${name}"`);
  return number;
}

/** The objects of an answer that is a list. */
export function answerList(answer: unknown): Record<string, unknown>[] {
  return Array.isArray(answer) ? answer.filter(isRecord) : [];
}

async function readText(response: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  await readChunks(response, (chunk) => {
    bytes += chunk.length;
    if (bytes > maxAnswerBytes) throw new DockerFailure(`the answer is longer than ${maxAnswerBytes} bytes`);
    chunks.push(chunk);
  });
  return Buffer.concat(chunks).toString("utf8");
}

async function readChunks(response: http.IncomingMessage, onChunk: (chunk: Buffer) => void): Promise<void> {
  for await (const chunk of response) onChunk(chunk as Buffer);
}
