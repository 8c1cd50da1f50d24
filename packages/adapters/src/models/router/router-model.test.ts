import {
  collectReply,
  type Model,
  type ModelDelta,
  ModelError,
  type ModelErrorCode,
  type ModelSupport,
  textMessage,
} from "@smoltools/core";
import { ScriptedModel, type ScriptedReply, testModel } from "@smoltools/core/testing";
import { describe, expect, it } from "vitest";
import type { RouterFailure, RouterModelOptions } from "./options.ts";
import { RouterModel } from "./router-model.ts";

const request = { messages: [textMessage("user", "hi")] };
const failure = (code: ModelErrorCode): ModelError => new ModelError(`secret words of ${code}`, { code });

function router(scripts: readonly (readonly ScriptedReply[])[], options: Partial<RouterModelOptions> = {}) {
  const models = scripts.map((script, index) => new ScriptedModel(script, `m${index}`));
  const model = new RouterModel({ models, ...options });
  const text = async (): Promise<string> => (await collectReply(model.stream(request))).text;
  return { model, text, asked: () => models.map(({ requests }) => requests.length) };
}

/** A model that answers once its signal is aborted, and then with the signal's reason. */
function silentModel(): Model {
  return {
    id: "silent",
    provider: "test",
    async *stream(_, { signal } = {}) {
      await new Promise((resolve) => signal?.addEventListener("abort", resolve));
      signal?.throwIfAborted();
      yield { type: "finish", reason: "stop" };
    },
  };
}

describe("RouterModel", () => {
  const call: ModelDelta[] = [
    { type: "tool-call", index: 0, id: "a", name: "get_weather", arguments: "{}" },
    { type: "finish", reason: "tool-calls" },
  ];
  testModel({
    model: () => {
      const answer: ScriptedReply = ({ tools, stop, messages }) =>
        tools ? call : stop ? "one two three" : JSON.stringify(messages);
      return new RouterModel({
        models: [
          new ScriptedModel([failure("MODEL_RATE_LIMITED"), failure("MODEL_RATE_LIMITED")], "limited"),
          new ScriptedModel([answer, answer], "good"),
        ],
      });
    },
    test: it,
  });

  it.each<[ModelErrorCode]>([
    ["MODEL_RATE_LIMITED"],
    ["MODEL_UNAVAILABLE"],
    ["MODEL_TIMEOUT"],
    ["MODEL_UNAUTHORIZED"],
    ["MODEL_BROKEN_STREAM"],
  ])("asks the next model after %s", async (code) => {
    const { text, asked } = router([[failure(code)], ["fine"]]);
    expect(await text()).toBe("fine");
    expect(asked()).toEqual([1, 1]);
  });

  it.each([[failure("MODEL_BAD_REQUEST")], [new TypeError("a mistake in the program")]])(
    "asks no other model after %s",
    async (error) => {
      const { text, asked } = router([[error], ["fine"]]);
      await expect(text()).rejects.toBe(error);
      expect(asked()).toEqual([1, 0]);
    },
  );

  it("switches after the errors that it is told to", async () => {
    const { text } = router([[failure("MODEL_BAD_REQUEST")], ["fine"]], { switchOn: ["MODEL_BAD_REQUEST"] });
    expect(await text()).toBe("fine");
  });

  it("does not switch once an answer has begun", async () => {
    const broken: Model = {
      id: "broken",
      provider: "test",
      async *stream() {
        yield { type: "text", text: "be" };
        throw failure("MODEL_BROKEN_STREAM");
      },
    };
    const other = new ScriptedModel(["fine"]);
    const failures: RouterFailure[] = [];
    const model = new RouterModel({ models: [broken, other], onFailure: (told) => failures.push(told) });
    await expect(collectReply(model.stream(request))).rejects.toMatchObject({ code: "MODEL_BROKEN_STREAM" });
    expect(other.requests).toEqual([]);
    expect(failures).toMatchObject([{ model: broken, switched: false }]);
    // It is asked last from then on.
    expect((await collectReply(model.stream(request))).text).toBe("fine");
  });

  it("lists all models and the codes of their errors when each failed, and quotes none of them", async () => {
    const { text } = router([[failure("MODEL_RATE_LIMITED")], [failure("MODEL_UNAUTHORIZED")]]);
    const error: unknown = await text().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "MODEL_UNAVAILABLE" });
    expect(String(error)).toContain("m0 (scripted) MODEL_RATE_LIMITED, m1 (scripted) MODEL_UNAUTHORIZED");
    expect(String(error)).not.toContain("secret words");
  });

  it("keeps the code when all models failed alike", async () => {
    const { text } = router([[failure("MODEL_RATE_LIMITED")], [failure("MODEL_RATE_LIMITED")]]);
    await expect(text()).rejects.toMatchObject({ code: "MODEL_RATE_LIMITED" });
  });

  it("passes the error of its only model on", async () => {
    const error = failure("MODEL_RATE_LIMITED");
    await expect(router([[error]]).text()).rejects.toBe(error);
  });

  it("asks a model that failed last for a while", async () => {
    const { text, asked } = router([[failure("MODEL_RATE_LIMITED")], ["one", "two"]]);
    await text();
    expect(await text()).toBe("two");
    expect(asked()).toEqual([1, 2]);
  });

  it("asks it first again at once when there is no time to cool down", async () => {
    const { text } = router([[failure("MODEL_RATE_LIMITED"), "back"], ["one"]], { coolDownMs: 0 });
    await text();
    expect(await text()).toBe("back");
  });

  it("asks the next model when one is silent for too long", async () => {
    const models = [silentModel(), new ScriptedModel(["fine"])];
    const failures: RouterFailure[] = [];
    const model = new RouterModel({ models, timeoutMs: 5, onFailure: (told) => failures.push(told) });
    expect((await collectReply(model.stream(request))).text).toBe("fine");
    expect(failures).toMatchObject([{ error: { code: "MODEL_TIMEOUT" }, switched: true }]);
  });

  it("asks no further model when it is aborted", async () => {
    const other = new ScriptedModel([]);
    const controller = new AbortController();
    const reply = collectReply(
      new RouterModel({ models: [silentModel(), other] }).stream(request, { signal: controller.signal }),
    );
    await Promise.resolve();
    controller.abort(new Error("enough"));
    await expect(reply).rejects.toThrow("enough");
    expect(other.requests).toEqual([]);
  });

  it.each<[ModelSupport | undefined, ModelSupport | undefined, ModelSupport]>([
    [undefined, undefined, { tools: true, images: true, structuredOutput: true }],
    [{ tools: false }, { images: false }, { tools: false, images: false, structuredOutput: true }],
    [{ structuredOutput: true }, { structuredOutput: false }, { tools: true, images: true, structuredOutput: false }],
  ])("supports what all of its models do: %j and %j", (first, second, all) => {
    const modelOf = (supports: ModelSupport | undefined): Model => ({
      ...silentModel(),
      ...(supports && { supports }),
    });
    expect(new RouterModel({ models: [modelOf(first), modelOf(second)] }).supports).toEqual(all);
  });

  it.each<[string, Partial<RouterModelOptions>, string]>([
    ["no models", { models: [] }, "models"],
    ["a weight of 0", { models: [{ model: silentModel(), weight: 0 }] }, "models"],
    ["a negative time to cool down", { coolDownMs: -1 }, "coolDownMs"],
    ["no time to answer", { timeoutMs: 0 }, "timeoutMs"],
  ])("refuses %s", (_, options, option) => {
    expect(() => new RouterModel({ models: [silentModel()], ...options })).toThrow(
      expect.objectContaining({ code: "MODEL_OPTIONS_INVALID", data: { option } }),
    );
  });

  it("is named after its models, unless it has a name", () => {
    expect(router([[], []]).model.id).toBe("m0 | m1");
    expect(router([[]], { id: "mine" }).model.id).toBe("mine");
  });

  it("takes a model for one that has a property of that name", async () => {
    const named = Object.assign(new ScriptedModel(["fine"]), { model: "some-name" });
    expect((await collectReply(new RouterModel({ models: [named] }).stream(request))).text).toBe("fine");
  });
});
