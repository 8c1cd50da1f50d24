import { textMessage } from "../messages/message.ts";
import { collectReply } from "../model/collect.ts";
import type { Model, ModelDelta, ModelRequest, ModelTool } from "../model/model.ts";

/** Options of {@link testModel}. */
export interface TestModelOptions {
  /**
   * The model, or a function that makes one for each test, for models whose answers are used up. No test makes more
   * than two calls.
   */
  model: Model | (() => Model);
  /** Takes a test: `test` or `it` of the test runner. It must run what it is given, and fail when that rejects. */
  test: (name: string, run: () => Promise<void>) => void;
  /** What the model cannot do; its tests are then left out. Default is that it can. */
  capabilities?: {
    /** It calls a tool when `toolChoice` is `"required"`. */
    tools?: boolean;
    /** It heeds `stop`. */
    stop?: boolean;
  };
}

const weatherTool: ModelTool = {
  name: "get_weather",
  description: "Tells the weather in a city.",
  inputSchema: { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
};

/**
 * The contract of {@link Model} as a test suite, for every implementation and every test runner.
 *
 * Each test asks for a short answer, so that the suite can run on a real model; what is checked holds whatever that
 * answer says. Requests with `tools` ask for a call of `get_weather`, requests with `stop` for the numbers up to ten.
 *
 * @example
 * describe("my model", () => testModel({ model: new MyModel(), test: it }));
 */
export function testModel({ model, test, capabilities: { tools = true, stop = true } = {} }: TestModelOptions): void {
  const subject = (): Model => (typeof model === "function" ? model() : model);

  test("answers with text and exactly one finish, which comes last", async () => {
    const deltas = await read(subject(), prompt("Say hello in a few words."));
    check(textOf(deltas).trim() !== "", "the texts joined must not be empty");
    checkEnd(deltas);
  });

  test("tells its usage at most once", async () => {
    const deltas = await read(subject(), prompt("Say hello in a few words."));
    const usages = deltas.filter((delta) => delta.type === "usage");
    check(usages.length <= 1, `there are ${usages.length} usage deltas`);
    for (const { usage } of usages) {
      check(isCount(usage.inputTokens) && isCount(usage.outputTokens), `${JSON.stringify(usage)} is no usage`);
    }
  });

  test("rejects with the signal's reason when it is aborted before the call", async () => {
    const reason = new Error("aborted before");
    const deltas = subject().stream(prompt("Say hello."), { signal: AbortSignal.abort(reason) });
    check((await rejection(readAll(deltas))) === reason, "the iteration must reject with the signal's reason");
  });

  test("rejects with the signal's reason when it is aborted during the answer", async () => {
    const reason = new Error("aborted during");
    const controller = new AbortController();
    const deltas = subject().stream(prompt("Count from one to fifty in words."), { signal: controller.signal });
    const iterator = deltas[Symbol.asyncIterator]();
    check(!(await iterator.next()).done, "the answer must begin");
    controller.abort(reason);
    check((await rejection(iterator.next())) === reason, "the iteration must reject with the signal's reason");
    check((await iterator.next()).done === true, "an iteration that rejected must be over");
  });

  test("ends cleanly when its reader leaves early, and answers the next call", async () => {
    const asked = subject();
    for await (const delta of asked.stream(prompt("Count from one to fifty in words."))) {
      check(delta.type !== "finish", "the answer must not begin with its finish");
      break;
    }
    checkEnd(await read(asked, prompt("Say hello.")));
  });

  test("keeps two calls at a time apart", async () => {
    const asked = subject();
    const words = ["apple", "banana"] as const;
    const replies = await Promise.all(
      words.map(async (word) => {
        const deltas = await read(asked, prompt(`Repeat this word and say nothing else: ${word}`));
        checkEnd(deltas);
        return textOf(deltas).toLowerCase();
      }),
    );
    check(
      !replies[0]?.includes(words[1]) && !replies[1]?.includes(words[0]),
      `answers are mixed: ${replies.join(" | ")}`,
    );
  });

  if (stop) {
    test("ends its text before a stop text", async () => {
      const request = prompt("Write the numbers from one to ten as words, in one line.");
      const deltas = await read(subject(), { ...request, stop: ["four", "Four"] });
      check(!/four/i.test(textOf(deltas)), `the text holds the stop text: ${textOf(deltas)}`);
      checkEnd(deltas);
    });
  }

  if (tools) {
    test("calls tools in pieces that join to JSON", async () => {
      const request = prompt("What is the weather in Paris? Use the tool.");
      const deltas = await read(subject(), { ...request, tools: [weatherTool], toolChoice: "required" });
      checkEnd(deltas);
      checkToolCalls(deltas);
      const { toolCalls, finishReason } = await collectReply(asStream(deltas));
      check(finishReason === "tool-calls", `the finish reason is ${finishReason}`);
      for (const call of toolCalls) {
        check(call.name === weatherTool.name, `the tool's name is ${JSON.stringify(call.name)}`);
        check(isObject(JSON.parse(call.arguments)), `the arguments are no JSON object: ${call.arguments}`);
      }
      check(new Set(toolCalls.map(({ id }) => id)).size === toolCalls.length, "two calls have one id");
    });
  }
}

function prompt(text: string): ModelRequest {
  return { messages: [textMessage("user", text)], maxTokens: 256, temperature: 0 };
}

function read(model: Model, request: ModelRequest): Promise<ModelDelta[]> {
  return readAll(model.stream(request));
}

async function readAll(stream: AsyncIterable<ModelDelta>): Promise<ModelDelta[]> {
  const deltas: ModelDelta[] = [];
  for await (const delta of stream) deltas.push(delta);
  return deltas;
}

async function* asStream(deltas: readonly ModelDelta[]): AsyncGenerator<ModelDelta, void, undefined> {
  yield* deltas;
}

function textOf(deltas: readonly ModelDelta[]): string {
  return deltas.map((delta) => (delta.type === "text" ? delta.text : "")).join("");
}

function checkEnd(deltas: readonly ModelDelta[]): void {
  const finishes = deltas.filter((delta) => delta.type === "finish").length;
  check(finishes === 1, `there are ${finishes} finish deltas`);
  check(deltas.at(-1)?.type === "finish", "the finish must be the last delta");
}

function checkToolCalls(deltas: readonly ModelDelta[]): void {
  const begun = new Set<number>();
  for (const delta of deltas) {
    if (delta.type !== "tool-call") continue;
    check(begun.has(delta.index) || !!delta.name, `call ${delta.index} begins without a name`);
    begun.add(delta.index);
  }
  check(begun.size > 0, "no tool was called");
}

async function rejection(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (error: unknown) => error,
  );
}

function isCount(value: number): boolean {
  return Number.isInteger(value) && value >= 0;
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function check(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(`The contract of Model is broken: ${message}`);
}
