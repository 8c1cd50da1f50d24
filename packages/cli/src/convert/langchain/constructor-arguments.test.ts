import { describe, expect, it } from "vitest";
import { constructorArguments } from "./constructor-arguments.ts";

describe("the arguments of a constructor", () => {
  it.each<[text: string | undefined, code: string, values: unknown[], env: string[]]>([
    [undefined, "", [], []],
    ['{"a":1}', "{ a: 1 }", [{ a: 1 }], []],
    ["[]", "", [], []],
    ['["a",{"b":[true]}]', '"a", { b: [true] }', ["a", { b: [true] }], []],
    ['{"key":"process.env.KEY"}', "{ key: process.env.KEY }", [{ key: "secret" }], ["KEY"]],
    ['{"key":"process.env.OTHER"}', "{ key: process.env.OTHER }", [{ key: "the value of OTHER" }], ["OTHER"]],
    ['{"key":"x process.env.KEY"}', '{ key: "x process.env.KEY" }', [{ key: "x process.env.KEY" }], []],
    ['{"process.env.KEY":1}', '{ "process.env.KEY": 1 }', [{ "process.env.KEY": 1 }], []],
    [
      String.raw`["x\"process.env.KEY", "; evil() //"]`,
      String.raw`"x\"process.env.KEY", "; evil() //"`,
      ['x"process.env.KEY', "; evil() //"],
      [],
    ],
  ])("of %s are %s", (text, code, values, env) => {
    expect(constructorArguments(text, { KEY: "secret" })).toEqual({ code, values, env });
  });

  it.each([
    '{"apiKey":"abcdef"}',
    '[{"options":{"access_token":"abcdef"}}]',
    '{"headers":{"Authorization":"Basic abcdef"}}',
    '{"keys":["sk-abcdef"]}',
    '"hf_abcdef"',
    '{"url":"postgres://ann:abcdef@db.example/x"}',
    '{"apiKey":"x process.env.KEY abcdef"}',
  ])("are no secret that is written out, as in %s", (text) => {
    const read = () => constructorArguments(text, {});
    expect(read).toThrow(/looks like a secret/);
    expect(read).not.toThrow(/abcdef/);
  });

  it.each(['{"maxTokens":5,"sortKey":"createdAt","apiKey":""}', '{"apiKey":"process.env.KEY"}'])(
    "may be %s",
    (text) => {
      expect(() => constructorArguments(text, {})).not.toThrow();
    },
  );

  it("are JSON", () => {
    expect(() => constructorArguments("{a:1}", {})).toThrow("--options is no JSON");
  });
});
