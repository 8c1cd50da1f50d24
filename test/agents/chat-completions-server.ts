import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A message of a request in OpenAI's format, as far as the tests look at it. */
export interface WireMessage {
  role: string;
  content?: unknown;
  tool_calls?: { id: string; type: string; function: { name: string; arguments: string } }[];
  tool_call_id?: string;
}

/** A request in OpenAI's format. */
export interface WireRequest {
  messages: WireMessage[];
  tools?: { function: { name: string } }[];
  tool_choice?: unknown;
  stop?: string[];
}

/** What the server answers to one request: a text, or calls of tools with their arguments as JSON text. */
export type WireAnswer = string | { id: string; name: string; arguments: string }[];

/**
 * A loopback server of OpenAI's chat completions that streams from a script, in small pieces.
 *
 * It refuses with 400 what the real one refuses: a call of a tool without its answer, and an answer without its call.
 */
export async function chatCompletionsServer(
  script: readonly WireAnswer[],
): Promise<AsyncDisposable & { baseUrl: string; requests: WireRequest[] }> {
  const requests: WireRequest[] = [];
  const server = createServer((message, response) => {
    const chunks: Buffer[] = [];
    message.on("data", (chunk: Buffer) => chunks.push(chunk));
    message.on("end", () => {
      const request = JSON.parse(Buffer.concat(chunks).toString()) as WireRequest;
      const answer = script[requests.length];
      requests.push(request);
      const problem = problemOf(request.messages) ?? (answer === undefined ? "the script is at its end" : undefined);
      if (problem !== undefined || answer === undefined) refuse(response, problem ?? "");
      else stream(response, typeof answer === "string" ? untilStop(answer, request.stop ?? []) : answer);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    requests,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

/** Why a conversation breaks the protocol, if it does. */
function problemOf(messages: readonly WireMessage[]): string | undefined {
  let open: string[] = [];
  for (const { role, tool_calls: calls = [], tool_call_id: answered } of messages) {
    if (role === "tool") {
      const at = open.indexOf(answered ?? "");
      if (at === -1) return `a tool message answers ${answered}, which nobody called`;
      open.splice(at, 1);
      continue;
    }
    if (open.length > 0) return `the calls ${open.join(", ")} have no answer`;
    open = calls.map(({ id }) => id);
  }
  return open.length > 0 ? `the calls ${open.join(", ")} have no answer` : undefined;
}

function refuse(response: ServerResponse, message: string): void {
  response.writeHead(400, { "content-type": "application/json" });
  response.end(JSON.stringify({ error: { message, type: "invalid_request_error" } }));
}

function stream(response: ServerResponse, answer: WireAnswer): void {
  response.writeHead(200, { "content-type": "text/event-stream" });
  const send = (delta: object, finish: string | null = null): void => {
    const chunk = { object: "chat.completion.chunk", choices: [{ index: 0, delta, finish_reason: finish }] };
    response.write(`data: ${JSON.stringify(chunk)}\n\n`);
  };
  if (typeof answer === "string") for (const content of pieces(answer)) send({ content });
  else {
    for (const [index, { id, name, arguments: text }] of answer.entries()) {
      send({ tool_calls: [{ index, id, type: "function", function: { name, arguments: "" } }] });
      for (const part of pieces(text)) send({ tool_calls: [{ index, function: { arguments: part } }] });
    }
  }
  send({}, typeof answer === "string" ? "stop" : "tool_calls");
  const usage = { prompt_tokens: 100, completion_tokens: 10, total_tokens: 110 };
  response.write(`data: ${JSON.stringify({ object: "chat.completion.chunk", choices: [], usage })}\n\n`);
  response.end("data: [DONE]\n\n");
}

/** The text up to the first of the stop texts, as a model ends there. */
function untilStop(text: string, stops: readonly string[]): string {
  const ends = stops.map((stop) => text.indexOf(stop)).filter((at) => at !== -1);
  return text.slice(0, Math.min(text.length, ...ends));
}

function pieces(text: string): string[] {
  return text.match(/[\s\S]{1,7}/g) ?? [];
}
