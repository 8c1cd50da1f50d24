import type { CodeCheck, Sandbox } from "@smoltools/core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { quickjs } from "../sandboxes/quickjs/index.ts";
import { checkSteps, codesOf, patient } from "./test-support/check-steps.ts";
import { declarations, functions } from "./test-support/twenty-tools.ts";
import { typeCheck } from "./index.ts";

/** Code that fails when it runs, and the code of the one finding that says so. */
const failing: readonly (readonly [code: string, finding: string])[] = [
  // Arguments of tools
  ['await webSearch("a", "five");', "TS2345"],
  ["await webSearch(5);", "TS2345"],
  ['await webSearch(["a", "b"]);', "TS2345"],
  ['await webSearch("a", 5, "century");', "TS2345"],
  ['const when = "century"; await webSearch("a", 5, when);', "TS2345"],
  ['await webSearch("a", 5, Math.random() > 2 ? "hour" : "century");', "TS2345"],
  ['await createEvent("x", 5, "2024-01-01");', "TS2345"],
  ['await sendEmail("bob@example.org", "s", "b");', "TS2345"],
  ['await sendEmail(["bob@example.org"], "s", "b");', "TS2345"],
  ['await sendEmail([{ email: "bob@example.org" }, "ann"], "s", "b");', "TS2345"],
  ['await sendEmail([{ name: "Bob" }], "s", "b");', "TS2741"],
  ['await generateImage("x", ["512", "512"]);', "TS2345"],
  ['await generateImage("x", [512]);', "TS2322"],
  ['await translate(await visitPage("https://example.org"), "de");', "TS2345"],
  ['await writeFile("x", (await webSearch("a")).length);', "TS2345"],
  ['const text = await readFile("a"); await webSearch("x", text);', "TS2345"],
  ['const out = []; for (const hit of await webSearch("a")) out.push(hit.title); await writeFile("x", out);', "TS2345"],
  ["const path: number = 5; await readFile(path);", "TS2345"],
  ["await readFile(console.log);", "TS2345"],
  ["await readFile(new Set(['a']));", "TS2345"],
  ['await grep("a", { context: "2" });', "TS2345"],
  ['await runShell("ls", ".", 1000, { DEPTH: 1 });', "TS2345"],
  // Number of arguments
  ["await webSearch();", "TS2554"],
  ['await webSearch("a", 1, "day", [], 5);', "TS2554"],
  ['await createEvent("x");', "TS2554"],
  ['await createEvent("x", new Date());', "TS2554"],
  // All arguments as one object
  ['await webSearch({ query: "a", max: 5 });', "TS2353"],
  ["await webSearch({ limit: 5 });", "TS2741"],
  ['await webSearch({ query: "a", limit: "5" });', "TS2345"],
  ['const input = { query: "a", limit: "5" }; await webSearch(input);', "TS2345"],
  ['await createEvent({ title: "x", start: new Date() });', "TS2741"],
  ['await sendEmail({ to: [{ email: 5 }], subject: "s", body: "b" });', "TS2345"],
  // Promises that nobody awaits
  ['await writeFile("x", readFile("x"));', "TS2345"],
  ['finalAnswer(webSearch("a"));', "TS2345"],
  ['for (const hit of webSearch("a")) console.log(hit.title);', "TS2488"],
  ['console.log([...webSearch("a")]);', "TS2488"],
  ['const [first] = webSearch("a");', "TS2488"],
  ['webSearch("a").map((hit) => hit.title);', "TS2339"],
  ['const hits = webSearch("a"); hits.forEach((hit) => console.log(hit.title));', "TS2339"],
  // Methods that are not there, and values that are none
  ['(await readFile("a")).contains("x");', "TS2339"],
  ['(await readFile("a")).length();', "TS2349"],
  ['for (const line of await runShell("ls")) console.log(line);', "TS2488"],
  ['for (const x of await writeFile("a", "b")) console.log(x);', "TS2488"],
  ['(await stockPrices("A", "2024-01-01T00:00:00Z"))[0].close.toFixed(2);', "TS2339"],
  // Names
  ['await searchWeb("a");', "TS2304"],
  ["console.log(undefinedVariable);", "TS2304"],
  ["const x = { missing };", "TS18004"],
  ["process.exit(0);", "TS2591"],
  ['const fs = require("fs");', "TS2591"],
  ["document.title;", "TS2584"],
  ["interface Hit { n: number } console.log(Hit);", "TS2693"],
  ['try { const inner = await webSearch("a"); } catch {} console.log(inner.length);', "TS2304"],
  ["if (true) { let inside = 1; } console.log(inside);", "TS2304"],
  // Syntax
  ['["a"].map((query) => await webSearch(query));', "TS1308"],
  ['function search() { return await webSearch("a"); }', "TS1308"],
  ["const a = 1; const a = 2;", "TS2451"],
  ["const a;", "TS1155"],
  ["for (;;) { [1].forEach(() => { continue; }); }", "TS1107"],
  ["break;", "TS1107"],
  ["const x = ;", "TS1109"],
  ['const hits = await webSearch("a"', "TS1005"],
  ["const n: number = ;", "TS1109"],
];

/** Code that runs, but whose value is `undefined` where it reads what is not there. */
const misreading: readonly (readonly [code: string, finding: string])[] = [
  ['const hits = await webSearch("a"); hits[0].link', "TS2339"],
  ['const hits = await webSearch("a"); hits[0].titel', "TS2551"],
  ['const hits = await webSearch("a"); hits.results', "TS2339"],
  ['const hits = await webSearch("a"); hits.map((hit) => hit.name)[0]', "TS2339"],
  ['let seen; for (const { title, link } of await webSearch("a")) seen = link; seen', "TS2339"],
  ['const { results } = await webSearch("a"); results', "TS2339"],
  ['const { title, content } = await visitPage("https://example.org"); content', "TS2339"],
  ['(await visitPage("https://example.org"))["content"]', "TS7053"],
  ['const text = await readFile("a"); text.lines', "TS2339"],
  ['const size = await writeFile("a", "b"); size.bytes', "TS2339"],
  ['const hits = webSearch("a"); hits.length', "TS2339"],
  ['const hits = webSearch("a"); hits[0]', "TS7053"],
  ['const lists = await Promise.all(["a"].map((query) => webSearch(query))); lists[0].title', "TS2339"],
  ['const pages = ["https://example.org"].map(async (url) => await visitPage(url)); pages[0].title', "TS2339"],
  ['const issues = (await listIssues("a/b")).items; issues.filter((issue) => issue.status === "open")[0]', "TS2339"],
  [
    'let hits; try { hits = await webSearch("a"); } catch (error) { console.log(error.message); } hits[0].link',
    "TS2339",
  ],
  ['async function main() { let hits = []; hits = await webSearch("a"); return hits[0].link; } await main()', "TS2339"],
  ['const hits = await webSearch("a"); hits.map(({ title, link }) => link)[0]', "TS2339"],
  // Beside code of which TypeScript is wrong
  ['const seen = {}; seen.a = 1; const hits = await webSearch("a"); hits[0].link', "TS2339"],
  ['class P { constructor() { this.x = 1; } } new P(); const hits = await webSearch("a"); hits[0].link', "TS2339"],
  ['let page = 1; page = "two"; const hits = await webSearch("a"); hits[0].link', "TS2339"],
];

let check: CodeCheck;
let sandbox: Sandbox;

beforeAll(async () => {
  check = await typeCheck(patient).open({ declarations, variables: {} });
  sandbox = await quickjs().create({ functions });
});

afterAll(async () => {
  check[Symbol.dispose]();
  await sandbox.dispose();
});

describe("code that fails when it runs has a finding", () => {
  test.each(failing)("%s → %s", async (code, finding) => {
    expect(codesOf(checkSteps(check, code))).toEqual([finding]);
    const { error } = await sandbox.run(`{\n${code}\n}`);
    expect(error).toBeDefined();
  });
});

describe("code that reads what is not there has a finding", () => {
  test.each(misreading)("%s → %s", async (code, finding) => {
    expect(codesOf(checkSteps(check, code))).toEqual([finding]);
    const { value, error } = await sandbox.run(`await (async () => { ${code.replace(/([^;]+)$/, "return $1")} })()`);
    expect(error).toBeUndefined();
    expect(value).toBeUndefined();
  });
});

describe("a finding", () => {
  test("says where in the code it is, in lines and UTF-16 units from 1", () => {
    const [finding] = checkSteps(check, 'const smile = "😀é";\n  console.log("😀", nope);');
    expect(finding).toEqual({ code: "TS2304", message: "Cannot find name 'nope'.", line: 2, column: 21 });
  });

  test("names the parameter that an argument is for", () => {
    const [finding] = checkSteps(check, 'await webSearch("a", "five");');
    expect(finding?.message).toBe(
      `Type '"five"' is not assignable to type 'number', which 'limit' of webSearch wants.`,
    );
  });

  test("advises to await a promise", () => {
    const [finding] = checkSteps(check, 'webSearch("a").length');
    expect(finding?.message).toContain("await");
  });

  test("does not advise to install the types of Node.js", () => {
    const [finding] = checkSteps(check, "process.exit()");
    expect(finding?.message).toBe("Cannot find name 'process'.");
  });

  test("is on one line of at most 300 characters", () => {
    const [finding] = checkSteps(check, "await drawSvg(5, 'x')");
    expect(finding?.message).not.toContain("\n");
    expect(finding?.message.length).toBeLessThanOrEqual(300);
  });

  test("is told once, however often the code makes the mistake", () => {
    const code = 'const hits = await webSearch("a"); hits[0].link; hits[1].link; hits[2].link;';
    expect(checkSteps(check, code)).toHaveLength(1);
  });

  test("is one of five at most, the first in the code", () => {
    const findings = checkSteps(check, Array.from({ length: 9 }, (_, index) => `unknown${index};`).join("\n"));
    expect(findings.map(({ line }) => line)).toEqual([1, 2, 3, 4, 5]);
  });

  test("at the end of the code stays within it", () => {
    const [finding] = checkSteps(check, "const list = [1,\n2");
    expect(finding).toMatchObject({ line: 2, column: 2 });
  });
});
