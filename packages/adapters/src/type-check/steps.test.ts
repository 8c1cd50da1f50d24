import type { CodeCheck } from "@smoltools/core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checkSteps, codesOf, patient } from "./test-support/check-steps.ts";
import { declarations } from "./test-support/twenty-tools.ts";
import { typeCheck } from "./index.ts";

const search = 'const hits = await webSearch("a");';

/** The last step has these findings after the steps before it. */
const conversations: readonly (readonly [name: string, steps: readonly string[], findings: readonly string[]])[] = [
  ["a result keeps its type", [search, "console.log(hits[0].link)"], ["TS2339"]],
  ["a result keeps what it has", [search, "console.log(hits[0].title.length)"], []],
  ["an element of a result does", [search, "const first = hits[0];", "first.link"], ["TS2339"]],
  ["a result in an object does", [search, "const state = { hits, n: 1 };", "state.hits[0].link"], ["TS2339"]],
  ["an object of the code's own may grow", ["const state = { n: 1 };", "state.total + state.n"], []],
  ["a result in a map does", [`${search} const seen = new Map([["a", hits]]);`, 'seen.get("a")[0].link'], ["TS2339"]],
  ["a list that was filled does", [`${search} const all = []; all.push(...hits);`, "all[0].whatever"], []],
  [
    "a part taken out of a result does",
    ['const { title } = await visitPage("https://a.org");', "title.foo"],
    ["TS2339"],
  ],
  ["the result of a function does", ["const open = (url) => visitPage(url);", '(await open("a")).content'], ["TS2339"]],
  ["a function takes anything", ["function twice(n) { return n * 2; }", 'twice("4"); twice(); twice(1, 2)'], []],
  ["a class is there, whatever it is", ["class Box { a = 1 }", "new Box().b; Box.of(1)"], []],
  ["a promise that was kept must be awaited", ['const later = webSearch("a");', "later.length"], ["TS2339"]],
  ["a promise that was kept can be awaited", ['const later = webSearch("a");', "(await later).length"], []],
  ["a tool can be given another name", ["const find = webSearch;", 'await find("a")'], []],
  ["a text is no number", ['const text = await readFile("a");', 'await webSearch("a", text)'], ["TS2345"]],
  ["a variable without a value may hold anything", ["let later;", "later.a.b; await webSearch(later)"], []],
  ["`var` in a block lives on", ["for (var i = 0; i < 2; i++) { var last = i; }", "i + last"], []],
  ["`let` in a block does not", ["{ let inside = 1; }", "inside"], ["TS2304"]],
  ["a global without a declaration lives on", ["total = 5;", "total + 1"], []],
  ["what is assigned in a function does", ["function set() { made = 1; } set();", "made"], []],
  ["a property of globalThis is a variable", ["globalThis.made = 1;", "made"], []],
  ["after eval no name is unknown", ['eval("var made = 1");', "made; other"], []],
  ["a step that does not parse leaves nothing", ["const broken = ;", "broken"], ["TS2304"]],
  ["a name may be declared again", [search, 'const hits = await weather("Oslo"); hits[0].high'], []],
  ["a variable declared again has its new type", [search, 'const hits = await readFile("a"); hits.foo'], ["TS2339"]],
  [
    "a step that failed may have left the old value",
    [search, 'const hits = await weather("Oslo");', "hits[0].title; hits[0].high"],
    [],
  ],
  ["what neither value has is not there", [search, 'const hits = await weather("Oslo");', "hits[0].nope"], ["TS2339"]],
  [
    "a variable may be used for its own new value",
    [search, "const hits = hits.map((h) => h.title); hits[0].length"],
    [],
  ],
  ["a variable may be used before it is declared again", [search, "hits[0].title; const hits = 5;"], []],
  ["a variable may get another type", [search, "hits = 5;", "hits.toFixed(); hits.nope"], []],
  ["a constant may, too", ["const n = 5;", 'n = "five"; await readFile(n)'], []],
  ["and in a function", [search, "const change = () => { hits = { a: 1 }; };", "hits.a"], []],
  [
    "a function that assigns a variable may be called at any time",
    ["let hits; function load() { hits = JSON.parse('[]'); }", `${search} load(); hits[0].link`],
    [],
  ],
  ["a result may grow", [search, "for (const hit of hits) hit.score = 1;", "hits[0].score"], []],
  [
    "a new result of that kind may have the property, too",
    [search, "hits[0].score = 1;", `${search} hits[0].score`],
    [],
  ],
  ["a result may grow under any name", [search, 'for (const key of ["a"]) hits[0][key] = 1;', "hits[0].a"], []],
  ["what code asks about may be there", [search, "if (hits[0].author) console.log(1);", "hits[0].author.name"], []],
  ["types are gone when code runs", ["interface Hit { n: number }", "const hit: Hit = { n: 1 }; hit.other"], []],
  ["a global of the sandbox may be replaced", ['const URL = "https://a.org";', "URL.length"], []],
  ["a tool cannot be replaced", ["const webSearch = 5;", 'await webSearch("a")'], []],
  [
    "functions declared again replace the old ones",
    ["function f() { return 1; }", "function f() { return 'a'; }", "f().length"],
    [],
  ],
];

let check: CodeCheck;

beforeAll(async () => {
  check = await typeCheck(patient).open({ declarations, variables: {} });
});

afterAll(() => check[Symbol.dispose]());

describe("from step to step", () => {
  test.each(conversations)("%s", (_, steps, findings) => {
    expect(codesOf(checkSteps(check, ...steps))).toEqual(findings);
  });

  test("looking for findings changes nothing", () => {
    checkSteps(check, 'const hits = await webSearch("a");');
    expect(codesOf(check.findings("hits"))).toEqual(["TS2304"]);
  });

  test("forgetting takes all variables away", () => {
    checkSteps(check, "const a = 1;", "a");
    check.forget();
    expect(codesOf(check.findings("a"))).toEqual(["TS2304"]);
  });

  test("fifty steps are remembered", () => {
    const steps = Array.from({ length: 50 }, (_, n) => `const hits${n} = await webSearch("${n}"); const n${n} = ${n};`);
    expect(codesOf(checkSteps(check, ...steps, "hits0[0].link; hits49[0].title + n0 + n49"))).toEqual(["TS2339"]);
  });
});

describe("a variable of the caller", () => {
  const variables = {
    rows: [
      { city: "Oslo", area: 454 },
      { city: "Bergen", area: 465, note: null },
    ],
    config: { "max-hits": 5, tags: [], nested: { on: true } },
    URL: "https://example.org",
    nothing: null,
    many: Array.from({ length: 1000 }, (_, n) => ({ [`key${n}`]: n })),
  };

  test.each([
    [
      "has the properties that its value has",
      "rows[0].city.length + rows[1].note.x + config['max-hits'].toFixed()",
      [],
    ],
    ["has no others", "rows[0].name", ["TS2339"]],
    ["is what it is to a tool", "await readFile(rows[0].area)", ["TS2345"]],
    ["may be anything where the value does not tell", "config.tags[0].a; nothing.b; many[5].c", []],
    ["may grow", "rows.push({ city: 'Moss', area: 1, people: 2 }); config.extra = 1; config.extra", []],
    ["may have the name of a global", "URL.length", []],
  ])("%s", async (_, code, findings) => {
    using check = await typeCheck(patient).open({ declarations, variables });
    expect(codesOf(check.findings(code))).toEqual(findings);
  });

  test("is still there after forgetting", async () => {
    using check = await typeCheck(patient).open({ declarations, variables });
    check.ran("rows = 5;");
    check.forget();
    expect(codesOf(check.findings("rows[0].name"))).toEqual(["TS2339"]);
  });
});
