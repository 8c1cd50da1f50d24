import type { IncomingMessage, ServerResponse } from "node:http";

/**
 * Cuts a connection off whose request has not fully come in time.
 *
 * Node can do this itself, but with one limit for all requests: a large file takes longer than anything else may.
 */
export function cutOffLateRequest(request: IncomingMessage, response: ServerResponse, timeoutMs: number): void {
  // A timer of Node takes no more than 31 bits.
  const timer = setTimeout(() => end(request, response), Math.min(timeoutMs, 2 ** 31 - 1));
  timer.unref();
  response.once("close", () => clearTimeout(timer));
}

function end(request: IncomingMessage, response: ServerResponse): void {
  if (request.complete) return;
  if (!response.headersSent) request.socket.write("HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n");
  request.socket.destroySoon();
}
