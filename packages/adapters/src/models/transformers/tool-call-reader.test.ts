import { collectReply, type ModelDelta } from "@smoltools/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ToolCallReader } from "./tool-call-reader.ts";
import type { ToolFormat } from "./tool-format.ts";

const tagged: ToolFormat = { kind: "tagged", mark: "<tool_call>", argumentsKey: "arguments" };
const listed: ToolFormat = { kind: "listed", mark: "[TOOL_CALLS]", argumentsKey: "arguments" };
const bare: ToolFormat = { kind: "bare", mark: "{", argumentsKey: "parameters" };

async function read(format: ToolFormat, pieces: readonly string[]) {
  const reader = new ToolCallReader(format);
  const deltas = [...pieces.flatMap((piece) => reader.push(piece)), ...reader.end()];
  async function* stream(): AsyncGenerator<ModelDelta> {
    yield* deltas;
  }
  const { text, toolCalls } = await collectReply(stream());
  return { text, calls: toolCalls.map(({ name, arguments: written }) => `${name} ${written}`) };
}

const cases: [string, ToolFormat, string, { text: string; calls: string[] }][] = [
  ["text alone", tagged, "no <tool> here <", { text: "no <tool> here <", calls: [] }],
  [
    "a call",
    tagged,
    '<tool_call>\n{"name": "f", "arguments": {"x": 1}}\n</tool_call>',
    { text: "", calls: ['f {"x":1}'] },
  ],
  [
    "text and two calls",
    tagged,
    'So: <tool_call>{"name":"f","arguments":{}}</tool_call>\n<tool_call>{"name":"g","arguments":{"a":"</b>"}}</tool_call>',
    { text: "So: ", calls: ["f {}", 'g {"a":"</b>"}'] },
  ],
  ["a call without its end tag", tagged, '<tool_call>{"name":"f","arguments":{}}', { text: "", calls: ["f {}"] }],
  [
    "arguments as a text",
    tagged,
    '<tool_call>{"name":"f","arguments":"{}"}</tool_call>',
    { text: "", calls: ["f {}"] },
  ],
  ["what is no JSON", tagged, "<tool_call>f(1)</tool_call>", { text: "<tool_call>f(1)</tool_call>", calls: [] }],
  ["JSON without a name", tagged, "<tool_call>{}</tool_call>", { text: "<tool_call>{}</tool_call>", calls: [] }],
  [
    "a list of calls",
    listed,
    '[TOOL_CALLS] [{"name":"f","arguments":{}},{"name":"g","arguments":{"x":1}}]',
    { text: "", calls: ["f {}", 'g {"x":1}'] },
  ],
  ["an empty list", listed, "[TOOL_CALLS] []", { text: "[TOOL_CALLS] []", calls: [] }],
  ["a bare call", bare, '{"name": "f", "parameters": {"x": 1}}', { text: "", calls: ['f {"x":1}'] }],
  ["a bare call behind its tag", bare, '<|python_tag|>{"name":"f","parameters":{}}', { text: "", calls: ["f {}"] }],
  ["JSON that is an answer", bare, ' {"x": 1}', { text: ' {"x": 1}', calls: [] }],
  [
    "text before JSON",
    bare,
    'See {"name":"f","parameters":{}}',
    { text: 'See {"name":"f","parameters":{}}', calls: [] },
  ],
  ["nothing", bare, "", { text: "", calls: [] }],
];

describe("ToolCallReader", () => {
  it.each(cases)("reads %s", async (_, format, answer, expected) => {
    expect(await read(format, [answer])).toEqual(expected);
  });

  it("reads the same whatever the pieces are", async () => {
    const pieces = fc.array(fc.nat({ max: 30 }), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...cases), pieces, async ([, format, answer, expected], lengths) => {
        let rest = answer;
        const cut = lengths.map((length) => {
          const piece = rest.slice(0, length);
          rest = rest.slice(length);
          return piece;
        });
        expect(await read(format, [...cut, rest])).toEqual(expected);
      }),
    );
  });
});
