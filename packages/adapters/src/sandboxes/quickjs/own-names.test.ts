import { describe, expect, test } from "vitest";
import { quickjs } from "./index.ts";

/** Names of built-ins that code may well use for something of its own: a game's `Map`, a shop's `Number`. */
const names = [
  "Array",
  "ArrayBuffer",
  "BigInt",
  "Boolean",
  "Date",
  "Error",
  "Function",
  "JSON",
  "Map",
  "Math",
  "Number",
  "Object",
  "Promise",
  "Reflect",
  "RegExp",
  "Set",
  "String",
  "Symbol",
  "TypeError",
  "Uint8Array",
  "WeakMap",
  "console",
  "setTimeout",
  "URL",
  "Response",
];

describe("code may take the name for a variable of its own:", () => {
  test.each(names)("%s", async (name) => {
    const functions = {
      echo: ([value]: unknown[]) => value,
      fail: () => {
        throw new RangeError("no");
      },
    };
    await using sandbox = await quickjs().create({
      functions,
      fetch: async ({ url }) => ({ url, status: 200, statusText: "OK", headers: [], body: "e30=" }),
    });
    const { log } = { log: name === "console" ? "write" : "console.log" };
    const prepare = "const write = console.log, later = setTimeout, Web = { URL, Headers, FormData, Response, Blob };";
    await sandbox.run(`${prepare}\nconst parse = JSON.parse, Wait = Promise;`);
    expect((await sandbox.run(`const ${name} = "mine"`)).error).toBeUndefined();

    const run = await sandbox.run(`
      ${log}({ a: [1, "b"], c: null }, [/x/, 2n]);
      await new Wait((wake) => later(wake, 1));
      const form = new Web.FormData();
      form.append("f", new Web.Blob(["x"]), "n");
      const url = new Web.URL("https://x.org/?a=1");
      const answer = await fetch(url, { method: "POST", body: form, headers: new Web.Headers({ a: "b" }) });
      [await echo({ list: [1, { two: 2 }] }), (1234.5).toLocaleString("en"), structuredClone({ a: [1] }), url.searchParams.get("a"),
       await answer.json(), await fail().catch((e) => e.name), ${name}]`);
    expect(run.error).toBeUndefined();
    expect(run.output).toBe('{ a: [1, "b"], c: null } [/x/, 2n]');
    expect(run.value).toEqual([{ list: [1, { two: 2 }] }, "1,234.5", { a: [1] }, "1", {}, "RangeError", "mine"]);

    const failed = await sandbox.run("1;\nnull.x");
    expect(failed.error).toMatchObject({ code: "SANDBOX_EXCEPTION", name: "TypeError", line: 2 });
    expect((await sandbox.run("finalAnswer({ a: 1 })")).finalAnswer).toEqual({ value: { a: 1 } });
  });
});
