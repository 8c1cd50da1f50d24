import { describe, expect, it } from "vitest";
import { messageText } from "../messages/message.ts";
import type { Model, ModelDelta, ModelRequest } from "../model/model.ts";
import { ScriptedModel } from "./scripted-model.ts";
import { testModel } from "./test-model.ts";

const finish: ModelDelta = { type: "finish", reason: "stop" };

/** An answer that keeps to the contract, whatever is asked. */
function goodAnswer({ tools, stop, messages }: ModelRequest): ModelDelta[] {
  if (tools) {
    return [
      { type: "tool-call", index: 0, id: "call_a", name: "get_weather", arguments: '{"ci' },
      { type: "tool-call", index: 0, arguments: 'ty":"Paris"}' },
      { type: "finish", reason: "tool-calls" },
    ];
  }
  const text = stop ? "one two three " : messages.map(messageText).join("");
  return [{ type: "text", text }, { type: "usage", usage: { inputTokens: 3, outputTokens: 1 } }, finish];
}

function modelOf(answer: (request: ModelRequest) => ModelDelta[]): Model {
  return {
    id: "m",
    provider: "test",
    async *stream(request, { signal } = {}) {
      for (const delta of answer(request)) {
        signal?.throwIfAborted();
        yield delta;
      }
    },
  };
}

/** Runs the suite and gives the names of the tests that fail. */
async function failures(model: Model, capabilities?: { tools?: boolean; stop?: boolean }): Promise<string[]> {
  const tests: [string, () => Promise<void>][] = [];
  testModel({ model, test: (name, run) => tests.push([name, run]), ...(capabilities && { capabilities }) });
  const failed: string[] = [];
  for (const [name, run] of tests) {
    await run().catch(() => failed.push(name));
  }
  return failed;
}

describe("on a scripted model", () => {
  testModel({ model: () => new ScriptedModel([goodAnswer, goodAnswer]), test: it });
});

describe("the contract", () => {
  it("finds nothing wrong with a model that keeps it", async () => {
    expect(await failures(modelOf(goodAnswer))).toEqual([]);
  });

  it("leaves out what a model cannot do", async () => {
    const names: string[] = [];
    const capabilities = { tools: false, stop: false };
    testModel({ model: modelOf(goodAnswer), test: (name) => names.push(name), capabilities });
    expect(names).toHaveLength(6);
  });

  it.each<[string, (deltas: ModelDelta[]) => ModelDelta[], string]>([
    ["no finish", (deltas) => deltas.slice(0, -1), "answers with text and exactly one finish, which comes last"],
    ["two finishes", (deltas) => [...deltas, finish], "answers with text and exactly one finish, which comes last"],
    [
      "a finish that is not last",
      (deltas) => [finish, ...deltas.slice(0, -1)],
      "ends cleanly when its reader leaves early, and answers the next call",
    ],
    ["usage twice", (deltas) => [...deltas.slice(0, 2), ...deltas.slice(1)], "tells its usage at most once"],
    ["no text", (deltas) => deltas.slice(1), "answers with text and exactly one finish, which comes last"],
  ])("fails on %s", async (_, spoil, name) => {
    expect(await failures(modelOf((request) => spoil(goodAnswer(request))))).toContain(name);
  });

  it("fails on a model that does not heed the signal", async () => {
    const heedless: Model = { ...modelOf(goodAnswer), stream: (request) => modelOf(goodAnswer).stream(request) };
    expect(await failures(heedless)).toEqual([
      "rejects with the signal's reason when it is aborted before the call",
      "rejects with the signal's reason when it is aborted during the answer",
    ]);
  });

  it("fails on a model that mixes two calls", async () => {
    const seen: string[] = [];
    const mixing = modelOf((request) => {
      seen.push(...request.messages.map(messageText));
      return goodAnswer({
        ...request,
        messages: [{ role: "user", content: [{ type: "text", text: seen.join(" ") }] }],
      });
    });
    expect(await failures(mixing)).toContain("keeps two calls at a time apart");
  });

  it("fails on a model that goes on behind a stop text", async () => {
    const endless = modelOf((request) =>
      goodAnswer(
        request.stop ? { messages: [{ role: "user", content: [{ type: "text", text: "three four" }] }] } : request,
      ),
    );
    expect(await failures(endless)).toEqual(["ends its text before a stop text"]);
  });

  it("fails on tool calls that join to no JSON", async () => {
    const garbled = modelOf((request) => goodAnswer(request).filter((_, index) => !request.tools || index !== 1));
    expect(await failures(garbled)).toEqual(["calls tools in pieces that join to JSON"]);
  });
});
