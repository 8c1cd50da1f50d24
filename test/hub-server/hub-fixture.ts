import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type HubFailure, type HubServer, type HubServerOptions, type HubToken, serveHub } from "@smoltools/hub/server";

/** The users of the test hubs. */
export const tokens: readonly HubToken[] = [
  { token: "hf_alice", user: "alice", role: "write", orgs: ["acme"] },
  { token: "hf_bob", user: "bob", role: "write" },
  { token: "hf_reader", user: "alice", role: "read" },
  { token: "hf_root", user: "root", role: "admin" },
];

/** A hub on a folder of its own. Disposing it stops the hub and removes the folder. */
export interface TestHub extends AsyncDisposable {
  server: HubServer;
  url: string;
  root: string;
  /** What the hub reported as its own failures. */
  failures: HubFailure[];
  /** The address and the token as the client's functions take them. */
  as(user: "alice" | "bob" | "reader" | "root"): { hubUrl: string; accessToken: string };
  /** A raw request, for what the client cannot do. `path` starts with `/`. */
  request(path: string, init?: RequestInit & { token?: string; json?: unknown }): Promise<Response>;
  /** Runs git in the folder of a repo such as `spaces/acme/w`. */
  git(repo: string, ...args: string[]): string;
}

/** Starts a hub. */
export async function startHub(options: Partial<HubServerOptions> = {}): Promise<TestHub> {
  const root = await mkdtemp(join(tmpdir(), "hub-server-"));
  const failures: HubFailure[] = [];
  const server = await serveHub({ root, tokens, onFailure: (failure) => failures.push(failure), ...options });
  return {
    server,
    url: server.url,
    root,
    failures,
    as: (user) => ({ hubUrl: server.url, accessToken: `hf_${user}` }),
    request: (path, { token, json, ...init } = {}) =>
      fetch(`${server.url}${path}`, {
        ...init,
        headers: {
          ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
          ...(json === undefined ? {} : { "Content-Type": "application/json" }),
          ...Object.fromEntries(new Headers(init.headers)),
        },
        ...(json === undefined ? {} : { body: JSON.stringify(json) }),
      }),
    git: (repo, ...args) =>
      execFileSync("git", ["-C", join(root, `${repo}.git`), ...args], { encoding: "utf8", stdio: "pipe" }),
    [Symbol.asyncDispose]: async () => {
      await server.close();
      await rm(root, { recursive: true, force: true });
    },
  };
}

/** The lines of a commit, as the clients send them. */
export function commitLines(...operations: { key: string; value: object }[]): string {
  return [{ key: "header", value: { summary: "Commit" } }, ...operations]
    .map((line) => JSON.stringify(line))
    .join("\n");
}

/** One file of {@link commitLines}. */
export function fileLine(path: string, text: string): { key: string; value: object } {
  return { key: "file", value: { path, content: Buffer.from(text).toString("base64"), encoding: "base64" } };
}

/** A commit whose body is sent in two parts, so that a test decides when the server has all of it. */
export interface SlowCommit {
  /** Sends the rest. */
  finish(): void;
  /** Breaks the connection off. */
  abort(): void;
  /** The status of the answer. */
  readonly status: Promise<number>;
}

/**
 * Starts a commit of one file to the main branch and sends all but the last byte of it.
 *
 * @returns When the server has begun to handle it.
 */
export async function startSlowCommit(hub: TestHub, repo: string, path: string): Promise<SlowCommit> {
  const body = commitLines(fileLine(path, path));
  const headers = {
    Authorization: "Bearer hf_alice",
    "Content-Length": Buffer.byteLength(body),
    Expect: "100-continue",
  };
  const outgoing = request(`http://127.0.0.1:${hub.server.port}/api/${repo}/commit/main`, { method: "POST", headers });
  const status = new Promise<number>((resolve, reject) => {
    outgoing.once("error", reject);
    outgoing.once("response", (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
  });
  status.catch(() => {});
  outgoing.flushHeaders();
  await once(outgoing, "continue");
  outgoing.write(body.slice(0, -1));
  return { status, finish: () => void outgoing.end(body.slice(-1)), abort: () => void outgoing.destroy() };
}

/** All that an iteration gives. */
export async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}
