import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import {
  collectReply,
  type Message,
  type ModelDelta,
  type ModelRequest,
  type ModelTool,
  textMessage,
} from "@smoltools/core";
import { describe, expect, it } from "vitest";
import { AiSdkModel } from "../../ai-sdk/ai-sdk-model.ts";
import { OpenAIModel } from "../../openai/openai-model.ts";
import { chunkEvent, events } from "../test-server/answers.ts";
import { ChatServer } from "../test-server/chat-server.ts";
import { readAll } from "../test-server/read-all.ts";
import { withPlainRoots } from "./plain-roots.ts";

const circle = { type: "object", properties: { radius: { type: "number" } }, required: ["radius"] } as const;
const square = { type: "object", properties: { side: { type: "number" } }, required: ["side"] } as const;
const draw: ModelTool = {
  name: "draw",
  description: "Draws.",
  inputSchema: { type: "object", anyOf: [circle, { $ref: "#/$defs/square" }], $defs: { square } },
};
const say: ModelTool = { name: "say", description: "Says.", inputSchema: { type: "object", properties: {} } };

const past: Message[] = [
  textMessage("user", "Draw."),
  { role: "assistant", content: [], toolCalls: [{ id: "a", name: "draw", arguments: '{"side":2}' }] },
  { role: "tool", toolCallId: "a", content: [{ type: "text", text: "done" }] },
];
const request: ModelRequest = { messages: past, tools: [draw, say] };

const piece = (index: number, id: string, name: string, args: string): string =>
  chunkEvent({ delta: { tool_calls: [{ index, id, function: { name, arguments: args } }] }, finish_reason: null });
const answer = events(
  piece(0, "b", "draw", '{"input":{"rad'),
  piece(1, "c", "say", "{}"),
  chunkEvent({ delta: { tool_calls: [{ index: 0, function: { arguments: 'ius":3}}' } }] }, finish_reason: null }),
  chunkEvent({ delta: {}, finish_reason: "tool_calls" }),
  "data: [DONE]\n\n",
);

describe.each([
  ["OpenAIModel", (baseUrl: string) => new OpenAIModel({ model: "m", baseUrl })],
  [
    "AiSdkModel",
    (baseURL: string) => new AiSdkModel(createOpenAICompatible({ name: "loopback", baseURL, apiKey: "k" })("m")),
  ],
])("%s", (_name, make) => {
  it("sends no choice at a root, tells of past calls in the same form, and reads new ones back", async () => {
    await using server = await ChatServer.start(answer);
    const { toolCalls } = await collectReply(make(server.baseUrl).stream(request));
    const input = { type: "object", anyOf: [circle, { $ref: "#/$defs/square" }] };
    expect(server.requests[0]?.body).toMatchObject({
      tools: [
        { function: { name: "draw", parameters: { properties: { input }, required: ["input"], $defs: { square } } } },
        { function: { name: "say", parameters: say.inputSchema } },
      ],
      messages: [{}, { tool_calls: [{ function: { arguments: '{"input":{"side":2}}' } }] }, {}],
    });
    expect(JSON.stringify(server.requests[0]?.body)).not.toMatch(/"parameters":\{[^{}]*"anyOf"/);
    expect(toolCalls).toEqual([
      { id: "b", name: "draw", arguments: '{"radius":3}' },
      { id: "c", name: "say", arguments: "{}" },
    ]);
  });

  it("leaves requests of other tools as they are", async () => {
    await using server = await ChatServer.start(
      events(piece(0, "c", "say", "{}"), chunkEvent({ delta: {}, finish_reason: "tool_calls" }), "data: [DONE]\n\n"),
    );
    const deltas = await readAll(make(server.baseUrl).stream({ ...request, tools: [say] }));
    expect(deltas).toContainEqual(expect.objectContaining({ type: "tool-call", arguments: "{}" }));
    expect(server.requests[0]?.body).toMatchObject({
      messages: [{}, { tool_calls: [{ function: { arguments: '{"side":2}' } }] }, {}],
    });
  });
});

describe("the arguments of calls", () => {
  async function* from(deltas: readonly ModelDelta[]): AsyncGenerator<ModelDelta, void, undefined> {
    yield* deltas;
  }
  const call = (rest: Partial<Extract<ModelDelta, { type: "tool-call" }>>): ModelDelta => ({
    type: "tool-call",
    index: 0,
    ...rest,
  });
  const read = (...deltas: ModelDelta[]) => readAll(withPlainRoots(request).decoded(from(deltas)));

  it.each<[string, ModelDelta[], ModelDelta[]]>([
    [
      "before the name",
      [call({ arguments: '{"input":' }), call({ name: "draw", arguments: "{}}" })],
      [call({ name: "draw" }), call({ arguments: "{}" })],
    ],
    [
      "before another name",
      [call({ arguments: "{" }), call({ name: "say", arguments: "}" })],
      [call({ name: "say", arguments: "{}" })],
    ],
    [
      "that are no JSON",
      [call({ name: "draw", arguments: "{x" })],
      [call({ name: "draw" }), call({ arguments: "{x" })],
    ],
    [
      "without the property",
      [call({ name: "draw", arguments: '{"side":1}' })],
      [call({ name: "draw" }), call({ arguments: '{"side":1}' })],
    ],
    ["of a call that never got a name", [call({ arguments: "{}" })], [call({ arguments: "{}" })]],
  ])("%s come all the same", async (_what, deltas, decoded) => {
    expect(await read(...deltas)).toEqual(decoded);
  });

  it("come before the end of the answer", async () => {
    const finish: ModelDelta = { type: "finish", reason: "tool-calls" };
    const deltas = await read(call({ name: "draw", arguments: '{"input":{"side":1}}' }), finish);
    expect(deltas).toEqual([call({ name: "draw" }), call({ arguments: '{"side":1}' }), finish]);
  });

  it("are not waited for by a reader that leaves", async () => {
    let isClosed = false;
    const endless = {
      next: () => new Promise<never>(() => undefined),
      return: async () => {
        isClosed = true;
        return { done: true, value: undefined } as const;
      },
      [Symbol.asyncIterator]() {
        return this;
      },
    };
    const deltas = withPlainRoots(request).decoded(endless);
    void deltas.next();
    await deltas.return?.();
    expect(isClosed).toBe(true);
  });
});
