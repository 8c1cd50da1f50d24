import { createServer, request as httpRequest } from "node:http";
import type { AddressInfo } from "node:net";

/**
 * Where a connection is cut: before the hub gets the request, in the middle of the request's body, after the hub did
 * what was asked and before the answer, or in the middle of the answer.
 */
export type Cut = "before" | "in the request" | "before the answer" | "in the answer";

export const cuts: readonly Cut[] = ["before", "in the request", "before the answer", "in the answer"];

/** A proxy in front of a hub that cuts one connection. */
export interface CuttingProxy extends AsyncDisposable {
  url: string;
  /** What was asked so far, such as `POST /api/repos/create`. */
  seen: string[];
}

/**
 * Starts a proxy in front of a hub.
 *
 * @param at - Which request is cut, from 0; `undefined` for none.
 */
export async function cuttingProxy(hubUrl: string, at: number | undefined, cut: Cut): Promise<CuttingProxy> {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    const isCut = seen.length === at;
    seen.push(`${request.method} ${request.url}`);
    if (isCut && cut === "before") return void request.socket.destroy();
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks);
      const target = new URL(request.url ?? "/", hubUrl);
      const forwarded = httpRequest(target, { method: request.method, headers: request.headers });
      forwarded.on("error", () => request.socket.destroy());
      if (isCut && cut === "in the request") {
        // With the length of the whole the hub cannot take a part for all of it.
        forwarded.setHeader("content-length", body.length + 1);
        forwarded.write(body.subarray(0, Math.ceil(body.length / 2)), () => forwarded.destroy());
        return;
      }
      forwarded.on("response", (answer) => {
        const parts: Buffer[] = [];
        answer.on("data", (chunk: Buffer) => parts.push(chunk));
        answer.on("end", () => {
          const whole = Buffer.concat(parts);
          if (isCut && cut === "before the answer") return void request.socket.destroy();
          response.writeHead(answer.statusCode ?? 500, { ...answer.headers, "content-length": whole.length });
          if (!isCut) return void response.end(whole);
          response.write(whole.subarray(0, whole.length - 1), () => request.socket.destroy());
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
