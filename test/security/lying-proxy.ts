import { createServer, request as httpRequest } from "node:http";
import type { AddressInfo } from "node:net";

/** A request on its way to a hub, or an answer on its way back. */
export interface Passing {
  /** Such as `POST /api/spaces/acme/act/commit/main`. */
  line: string;
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
}

/** What a proxy changes; `undefined` passes it on as it is. */
export interface Lies {
  /** Changes what the hub is asked. An answer of its own is given instead of the hub's. */
  request?: (request: Passing) => { line?: string; body?: Buffer | string } | { answer: Partial<Passing> } | undefined;
  /** Changes what the hub answers. */
  answer?: (answer: Passing) => Partial<Passing> | undefined;
}

/** A proxy in front of a hub that lies. */
export async function lyingProxy(
  hubUrl: string,
  lies: Lies,
): Promise<{ url: string; seen: string[] } & AsyncDisposable> {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const asked = {
        line: `${request.method} ${request.url}`,
        status: 0,
        headers: request.headers,
        body: Buffer.concat(chunks),
      };
      seen.push(asked.line);
      const give = ({
        status = 200,
        headers = { "content-type": "application/json" },
        body = Buffer.from("{}"),
      }: Partial<Passing>) => {
        response.writeHead(status, { ...headers, "content-length": body.length });
        response.end(body);
      };
      const changed = lies.request?.(asked);
      if (changed && "answer" in changed) return give(changed.answer);
      const [method = "GET", path = "/"] = (changed?.line ?? asked.line).split(" ");
      const body = Buffer.from(changed?.body ?? asked.body);
      const headers = { ...request.headers, ...(body.length > 0 && { "content-length": String(body.length) }) };
      const forwarded = httpRequest(new URL(path, hubUrl), { method, headers });
      forwarded.on("error", () => request.socket.destroy());
      forwarded.on("response", (incoming) => {
        const parts: Buffer[] = [];
        incoming.on("data", (chunk: Buffer) => parts.push(chunk));
        incoming.on("end", () => {
          const answer = {
            line: asked.line,
            status: incoming.statusCode ?? 500,
            headers: incoming.headers,
            body: Buffer.concat(parts),
          };
          give({ ...answer, ...lies.answer?.(answer) });
        });
      });
      forwarded.end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
