import { describe, expect, it } from "vitest";
import type { ModelReply } from "../../model/collect.ts";
import { argumentsOf, wantedCalls } from "./wanted-calls.ts";

const reply = (parts: Partial<ModelReply>): ModelReply => ({
  text: "",
  reasoning: "",
  toolCalls: [],
  finishReason: "stop",
  ...parts,
});
const native = (name: string): ModelReply["toolCalls"][number] => ({ id: name, name, arguments: "{}" });

describe("the calls that an answer asks for", () => {
  it("are the native ones, and not those in the text besides", () => {
    const calls = wantedCalls(reply({ text: '{"name": "b"}', toolCalls: [native("a")] }), true);
    expect(calls.map(({ name }) => name)).toEqual(["a"]);
  });

  it("are those in the text where there are no native ones", () => {
    expect(wantedCalls(reply({ text: '{"name": "b"}' }), true)).toEqual([{ name: "b", arguments: {} }]);
  });

  it("are those in the midst of the text where the model has no native ones", () => {
    expect(wantedCalls(reply({ text: 'I call {"name": "b"} now.' }), false)).toEqual([{ name: "b", arguments: {} }]);
  });

  it.each([[true], [false]])("are at most 50 (native: %s)", (isNative) => {
    const toolCalls = Array.from({ length: 51 }, () => native("a"));
    const text = '{"name": "a"}\n'.repeat(51);
    for (const many of [reply({ toolCalls }), reply({ text })]) {
      expect(() => wantedCalls(many, isNative)).toThrow("makes 51 calls, and at most 50 are allowed");
    }
    expect(wantedCalls(reply({ toolCalls: toolCalls.slice(1) }), isNative)).toHaveLength(50);
  });

  it.each([
    ["length", "AGENT_CUT_OFF"],
    ["content-filter", "AGENT_FILTERED"],
  ] as const)("are none where the answer ended with %s", (finishReason, code) => {
    const cut = reply({ finishReason, toolCalls: [native("a")] });
    expect(() => wantedCalls(cut, true)).toThrow(expect.objectContaining({ code }));
  });

  it.each([[["final_answer"]], [["a", "b"]], [["a", "a"]]])("may be %j (case 43)", (names) => {
    expect(wantedCalls(reply({ toolCalls: names.map(native) }), true).map(({ name }) => name)).toEqual(names);
  });

  it.each([[["a", "final_answer"]], [["final_answer", "final_answer"]]])("cannot be %j (case 43)", (names) => {
    expect(() => wantedCalls(reply({ toolCalls: names.map(native) }), true)).toThrow("call final_answer alone");
  });
});

describe("the arguments of a call", () => {
  it.each<[unknown, unknown]>([
    ['{"a": 1}', { a: 1 }],
    ["", {}],
    ["  ", {}],
    ["null", null],
    ["[1]", [1]],
    [{ a: 1 }, { a: 1 }],
    [3, 3],
  ])("%j are %j", (given, parsed) => {
    expect(argumentsOf({ name: "f", arguments: given })).toEqual(parsed);
  });

  it.each(['{"a": 1', "a = 1", "undefined", '{"a": 1}}'])("%j are an error that names the tool", (given) => {
    expect(() => argumentsOf({ name: "f", arguments: given })).toThrow("The arguments of f are an invalid JSON blob");
  });

  it.each<[string, (depth: number) => unknown]>([
    ["a text", (depth) => `${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`],
    ["values", (depth) => JSON.parse(`${"[".repeat(depth)}1${"]".repeat(depth)}`)],
  ])("as %s may be nested 128 levels deep, and no deeper", (_title, nested) => {
    expect(() => argumentsOf({ name: "f", arguments: nested(128) })).not.toThrow();
    expect(() => argumentsOf({ name: "f", arguments: nested(129) })).toThrow("deeper than 128 levels");
    expect(() => argumentsOf({ name: "f", arguments: nested(5_000) })).toThrow("deeper than 128 levels");
  });

  it("that are very long are shown in part", () => {
    const error = (() => {
      try {
        return argumentsOf({ name: "f", arguments: `{"a": "${"x".repeat(100_000)}` });
      } catch (thrown) {
        return thrown as Error;
      }
    })();
    expect(String(error).length).toBeLessThan(1_000);
  });
});
