import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isSmoltoolsError } from "../../errors/smoltools-error.ts";
import { callsAsText, callsInText, jsonBlobs, parseIfJson } from "./calls-in-text.ts";

const call = { name: "add", arguments: { a: 1 } };
const json = JSON.stringify(call);

/** `"calls"` with names that are texts, or the code of the error. */
function outcomeOf(text: string): unknown {
  try {
    return callsInText(text).every(({ name }) => typeof name === "string") ? "calls" : "names that are none";
  } catch (error) {
    return isSmoltoolsError(error) ? error.code : error;
  }
}

describe("calls in a text", () => {
  it.each<[string, string]>([
    ["nothing else", json],
    ["words before it", `I add. ${json}`],
    ["words behind it", `${json} That is all.`],
    ["words around it", `Thought {calm}: go.\nAction: ${json}\nDone :-}`],
    ["a fence around it", `\`\`\`json\n${json}\n\`\`\``],
    ["line breaks in it", JSON.stringify(call, undefined, 2)],
    ["a bracket that opens nothing", `See [1 for more. ${json}`],
    ["a brace that opens nothing", `Use { here. ${json}`],
  ])("are found with %s (case 65)", (_title, text) => {
    expect(callsInText(text)).toEqual([call]);
  });

  it.each<[string, object, unknown]>([
    ["an object", { name: "f", arguments: { a: 1 } }, { a: 1 }],
    ["an object as text", { name: "f", arguments: '{"a": 1}' }, { a: 1 }],
    ["a number", { name: "f", arguments: 3 }, 3],
    ["a number as text", { name: "f", arguments: "3" }, 3],
    ["a text", { name: "f", arguments: "abc" }, "abc"],
    ["nothing", { name: "f" }, {}],
    ["null", { name: "f", arguments: null }, {}],
    ["another word", { tool: "f", parameters: { a: 1 } }, { a: 1 }],
    ["yet another word", { action: "f", action_input: { a: 1 } }, { a: 1 }],
    ["the form of OpenAI", { type: "function", function: { name: "f", arguments: '{"a": 1}' } }, { a: 1 }],
  ])("may have %s for arguments (case 59)", (_title, value, given) => {
    expect(callsInText(JSON.stringify(value))).toEqual([{ name: "f", arguments: given }]);
  });

  it("without a name are an error that lists the keys (case 59)", () => {
    expect(() => callsInText('{"nom": "f", "args": {}}')).toThrow(/names no tool: it has the keys nom, args/);
  });

  it("without a name list some of the keys, cut", () => {
    const keys = Array.from({ length: 1_000 }, (_, index) => [`${"k".repeat(500)}${index}`, 1]);
    const text = JSON.stringify(Object.fromEntries(keys));
    expect(() => callsInText(text)).toThrow(/the keys (k{99}…, ){20}and 980 more\. /);
  });

  it("inside very many functions are an error", () => {
    const text = `${'{"function":'.repeat(10_000)}1${"}".repeat(10_000)}`;
    expect(() => callsInText(text)).toThrow("names no tool");
  });

  it.each([
    ["Wrong blob!", "calls no tool"],
    ["", "calls no tool"],
    ['{"name": "f"', "invalid"],
    ["{'name': 'f'}", "invalid"],
    ["{}", "names no tool"],
    ["[1, 2]", "calls no tool"],
    ['{"name": 5}', "names no tool"],
  ])("in %j are an error", (text, message) => {
    expect(() => callsInText(text)).toThrow(message);
  });

  it("may be several, in their order, also in a list", () => {
    const names = (text: string): string[] => callsInText(text).map(({ name }) => name);
    expect(names('{"name": "a"} and {"name": "b"}')).toEqual(["a", "b"]);
    expect(names('[{"name": "a"}, {"name": "b"}]')).toEqual(["a", "b"]);
  });

  it("may hold brackets, quotes and marks in their texts", () => {
    const value = { name: "f", arguments: { text: '} ] { [ " \\ \n \u2028 </code>' } };
    expect(callsInText(`x ${JSON.stringify(value)} y`)).toEqual([value]);
  });

  it("inside a call that was cut off or is malformed do not count", () => {
    expect(() => callsInText('{"name": "f", "arguments": {"note": {"name": "g"}')).toThrow("invalid");
    expect(() => callsInText('{"name": "f", "arguments": {"note": {"name": "g"}},}')).toThrow("invalid");
  });

  it("are found whatever words stand around them", () => {
    const words = fc.string().filter((text) => !/[{}[\]"]/.test(text));
    fc.assert(
      fc.property(words, fc.string({ minLength: 1 }), fc.dictionary(fc.string(), fc.jsonValue()), words, (...parts) => {
        const [before, name, input, after] = parts;
        const text = `${before}${JSON.stringify({ name, arguments: input })}${after}`;
        expect(callsInText(text)).toEqual([{ name, arguments: JSON.parse(JSON.stringify(input)) }]);
      }),
    );
  });

  it("of any text are found, or an error of the agent is thrown", () => {
    const pieces = fc.constantFrom("{", "}", "[", "]", '"', "\\", ":", ",", '"name"', '"f"', "null", "1", " ", "a");
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 40 }), (parts) => {
        expect(["calls", "AGENT_BAD_JSON", "AGENT_NO_CALL"]).toContain(outcomeOf(parts.join("")));
      }),
      { numRuns: 500 },
    );
  });
});

describe("a text that is nothing but calls", () => {
  it.each<[string, string, number]>([
    ["one call", json, 1],
    ["a call in a fence", `\`\`\`json\n${json}\n\`\`\``, 1],
    ["a call in tags", `\n<tool_call>\n${json}\n</tool_call>\n`, 1],
    ["several calls in tags", `<tool_call>${json}</tool_call>\n<tool_call>${json}</tool_call>`, 2],
    ["several calls in one fence", `\`\`\`\n${json}\n${json}\n\`\`\``, 2],
    ["a list of calls", `[${json}, ${json}]`, 2],
  ])("may be %s", (_title, text, count) => {
    expect(callsAsText(text)).toEqual(Array.from({ length: count }, () => call));
  });

  it.each([
    ["words before it", `The page says: ${json}`],
    ["words behind it", `${json} is what the page says.`],
    ["words between", `${json} or ${json}`],
    ["a fence in a sentence", `Such as:\n\`\`\`json\n${json}\n\`\`\``],
    ["no JSON", "I am done."],
    ["nothing", ""],
    ["another call that was cut off", `${json}\n{"name": "add", "arg`],
  ])("is none with %s", (_title, text) => {
    expect(() => callsAsText(text)).toThrow(expect.objectContaining({ code: "AGENT_NO_CALL" }));
  });

  it("may be JSON that names no tool, which is an error of its own", () => {
    expect(() => callsAsText('{"answer": 3}')).toThrow(expect.objectContaining({ code: "AGENT_BAD_JSON" }));
  });
});

describe("JSON in a text", () => {
  it("is found with its place", () => {
    const text = 'a {"x": 1} b [2] c';
    const found = jsonBlobs(text).map(({ value, start, end }) => [value, text.slice(start, end)]);
    expect(found).toEqual([
      [{ x: 1 }, '{"x": 1}'],
      [[2], "[2]"],
    ]);
  });

  it.each([
    ["abc", "abc"],
    ['{"a": 3}', { a: 3 }],
    ["3", 3],
    [3, 3],
    [null, null],
    ["", ""],
  ])("alone: %j is parsed to %j (case 58)", (given, parsed) => {
    expect(parseIfJson(given)).toEqual(parsed);
  });
});
