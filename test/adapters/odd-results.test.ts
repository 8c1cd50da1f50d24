import { toAiSdk, toolsFromAiSdk } from "@smoltools/adapters/ai-sdk";
import { toLangchain, toolsFromLangchain } from "@smoltools/adapters/langchain";
import { toMcpServer, toolsFromMcp } from "@smoltools/adapters/mcp";
import { isSmoltoolsError, type Tool, tool } from "@smoltools/core";
import { afterAll, describe, expect, it } from "vitest";

const circle: Record<string, unknown> = { a: 1 };
circle["self"] = circle;

class Point {
  readonly x = 1;
  readonly when = new Date(0);
}

function nested(depth: number): object {
  let value = {};
  for (let level = 0; level < depth; level++) value = { value };
  return value;
}

function thrown(value: unknown): () => never {
  return () => {
    throw value;
  };
}

/** What functions do that are not written for JSON, and how the call ends: with a value, or with an error. */
const cases: [what: string, run: () => unknown, end: RegExp][] = [
  ["a promise of a promise", () => Promise.resolve(Promise.resolve("deep")), /^value: deep$/],
  ["nothing", () => undefined, /^value: null$/],
  ["an object of a class", () => new Point(), /^value: \{"x":1,"when":"1970-01-01T00:00:00.000Z"\}$/],
  ["a key of JavaScript", () => JSON.parse('{"__proto__":{"a":1}}') as unknown, /^value: \{"__proto__":\{"a":1\}\}$/],
  ["a big integer", () => ({ n: 10n }), /^TOOL_FAILED: .*BigInt/s],
  ["a circle", () => circle, /^TOOL_FAILED: .*circ/s],
  ["a function", () => () => 1, /^TOOL_FAILED: .*function, which JSON cannot hold/s],
  ["a symbol", () => Symbol("s"), /^TOOL_FAILED: .*symbol, which JSON cannot hold/s],
  [
    "a getter that throws",
    () => Object.defineProperty({}, "a", { enumerable: true, get: thrown(new Error("got it")) }),
    /^TOOL_FAILED: .*got it/s,
  ],
  ["a toJSON that throws", () => ({ toJSON: thrown(new Error("no JSON")) }), /^TOOL_FAILED: .*no JSON/s],
  ["what is nested too deep", () => nested(20_000), /^TOOL_FAILED: .*deep|stack/s],
  ["a text that is thrown", thrown("a text"), /^TOOL_FAILED: .*a text/s],
  ["null that is thrown", thrown(null), /^TOOL_FAILED: .*null/s],
  ["an object that is thrown", thrown({ message: "odd", code: 7 }), /^TOOL_FAILED: .*odd/s],
  [
    "an error whose message throws",
    thrown(Object.defineProperty({}, "message", { get: thrown(new Error("inner")) })),
    /^TOOL_FAILED: .*./s,
  ],
];

const originals = cases.map(([, execute], index) => tool({ name: `odd_${index}`, description: "Is odd.", execute }));

const open = new AsyncDisposableStack();
afterAll(() => open.disposeAsync());

const ways: [string, () => Promise<Tool[]>][] = [
  [
    "MCP",
    async () => {
      const { url } = open.use(await open.use(toMcpServer(originals, { name: "odd", version: "1.0.0" })).listen());
      return open.use(await toolsFromMcp({ url })).tools();
    },
  ],
  ["the AI SDK", () => toolsFromAiSdk(toAiSdk(originals))],
  ["LangChain", async () => toolsFromLangchain(await Promise.all(originals.map(toLangchain)), { result: "content" })],
];

/** How a call ended, as a text. */
async function endOf(call: Promise<unknown> | undefined): Promise<string> {
  try {
    const value = await call;
    return `value: ${typeof value === "string" ? value : JSON.stringify(value)}`;
  } catch (error) {
    return isSmoltoolsError(error) ? `${error.code}: ${error.message}` : `no error of ours: ${String(error)}`;
  }
}

describe.each(ways)("a result by way of %s", (_way, back) => {
  const made = back();

  it.each(cases.map(([what, , end], index) => ({ what, end, index })))("that is $what", async ({ end, index }) => {
    expect(await endOf((await made)[index]?.call({}))).toMatch(end);
  });
});
