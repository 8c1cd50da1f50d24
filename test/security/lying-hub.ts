import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { PackedPackage } from "@smoltools/hub";

/** What a hub that lies answers. */
export interface Lies {
  /** Commit that it says every tag and branch points at. */
  commit?: string;
  tags?: string[];
  branches?: string[];
  packed?: PackedPackage;
  etag?: string;
  /** The answer to a question for refs, as text. */
  refs?: string;
  /** Takes an answer over: of a file, and of whatever is no question for refs. */
  file?: (request: IncomingMessage, response: ServerResponse, path: string) => void;
}

/** A server on this machine. */
export interface LocalServer extends AsyncDisposable {
  url: string;
  /** The requests that came, as `GET /path`. */
  requests: string[];
  /** The `Authorization` of each. */
  tokens: (string | undefined)[];
}

/** Serves on the loopback interface, and notes what it is asked. */
export async function serveLocal(listener: RequestListener): Promise<LocalServer> {
  const requests: string[] = [];
  const tokens: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    tokens.push(request.headers.authorization);
    listener(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    tokens,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A hub with one repo, whatever it is called, that answers as it is told. */
export function lyingHub(lies: Lies): Promise<LocalServer> {
  const { commit = "a".repeat(40), tags = ["v1.0.0"], branches = [], packed, etag, refs, file } = lies;
  return serveLocal((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? "/", "http://x").pathname);
    if (path.endsWith("/refs")) {
      const listed = (names: string[]) => names.map((name) => ({ name, ref: name, targetCommit: commit }));
      response.setHeader("content-type", "application/json");
      return response.end(refs ?? JSON.stringify({ branches: listed(branches), tags: listed(tags), converts: [] }));
    }
    const name = path.split("/resolve/")[1]?.replace(/^[^/]+\//, "") ?? "";
    if (name === "registry.json") return notThere(response);
    if (file) return file(request, response, path);
    const bytes = packed?.files.get(name);
    if (!bytes) return notThere(response);
    response.setHeader("etag", `"${etag ?? "0".repeat(40)}"`);
    return response.end(bytes);
  });
}

/** The answer to a question for a file that is not there. */
export function notThere(response: ServerResponse): void {
  response.writeHead(404, { "x-error-code": "EntryNotFound" }).end();
}
