import { once } from "node:events";
import type { ServerResponse } from "node:http";
import type { Answerer } from "./chat-server.ts";

/** Answers with a stream of events, in one piece or in those given. */
export function events(...pieces: (string | Uint8Array)[]): Answerer {
  return async (response) => {
    response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8" });
    for (const piece of pieces) await send(response, piece);
    response.end();
  };
}

/** Begins a stream of events, then stays silent with the connection open. */
export function silentAfter(...pieces: string[]): Answerer {
  return async (response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.flushHeaders();
    for (const piece of pieces) await send(response, piece);
  };
}

/** Begins a stream of events, then cuts the connection. */
export function cutAfter(...pieces: string[]): Answerer {
  return async (response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.flushHeaders();
    for (const piece of pieces) await send(response, piece);
    // What was written has to reach the client before the connection goes.
    setTimeout(() => response.destroy(), 20);
  };
}

/** Answers with a body and a status. */
export function body(status: number, text: string, headers: Readonly<Record<string, string>> = {}): Answerer {
  return (response) => {
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(text);
  };
}

/** Takes the request and never answers. */
export const silence: Answerer = () => undefined;

/** An event that holds a piece of text. */
export function textEvent(text: string): string {
  return chunkEvent({ delta: { content: text }, finish_reason: null });
}

/** An event that holds a choice. */
export function chunkEvent(choice: Readonly<Record<string, unknown>>): string {
  return `data: ${JSON.stringify({ object: "chat.completion.chunk", choices: [{ index: 0, ...choice }] })}\n\n`;
}

/** The events that end an answer. */
export const endEvents: string = `${chunkEvent({ delta: {}, finish_reason: "stop" })}data: [DONE]\n\n`;

async function send(response: ServerResponse, piece: string | Uint8Array): Promise<void> {
  if (response.destroyed) return;
  if (!response.write(piece)) await Promise.race([once(response, "drain"), once(response, "close")]);
}
