import type { CodeCheck } from "@smoltools/core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { quickjs } from "../sandboxes/quickjs/index.ts";
import { checkSteps, patient } from "./test-support/check-steps.ts";
import { declarations, functions } from "./test-support/twenty-tools.ts";
import { typeCheck } from "./index.ts";

/** JavaScript and TypeScript that runs, and that a strict compiler would complain about nearly everywhere. */
const running: readonly string[] = [
  // Functions, objects and arrays that say little of themselves
  "const add = (a, b) => a + b; function get(o) { return o.y.z; } add(1, 'a'); get({ y: { z: 1 } }); add()",
  "const o = {}; o.a = 1; o.b = { c: 2 }; o.b.d = 3; o['e'] = 4; console.log(o.a + o.b.d, o.z)",
  "const list = []; list.push(1); list.push('two', { three: 3 }); await writeFile('a', list.map(String).join())",
  "const grid = Array(3).fill(0).map(() => Array(3).fill(0)); grid[0][1] = 'x'; console.log(grid)",
  "const list = [1, 2]; list[0] = 'a'; await translate(list[0], 'de'); list.total = 3; console.log(list.total)",
  "const box = { name: 'x' }; box.run = () => 5; box.run(); delete box.name; console.log(box.name)",
  "const seen = new Set(['a']); seen.add(1); const m = new Map([['a', 1]]); m.set('b', 'x'); console.log(m.get(2))",
  "class P { constructor(x) { this.x = x; } get y() { return this.x; } } const p = new P(1); p.z = p.x; console.log(p.y, p.z)",
  "function Old(n) { this.n = n; } Old.prototype.get = function () { return this.n; }; console.log(new Old(1).get())",
  "String.prototype.shout = function () { return this.toUpperCase(); }; console.log('a'.shout())",
  "function f() { return arguments.length; } f(1, 2); (function (a, a2) {})(); f.cache = {}; console.log(f.cache)",
  // Variables that change their type
  "let x; x = 5; x = 'five'; x = [x]; console.log(x.length)",
  "let page = 1; page = String(page); await translate(page, 'de')",
  "const state = { n: 1 }; state.n = 'two'; await translate(state.n, 'de')",
  "let r = await webSearch('a'); r = await weather('Oslo'); console.log(r[0].high)",
  "let n = 1; const change = () => { n = 'x'; }; change(); await readFile(n)",
  "let day = (await webSearch('a'))[0]; (await weather('x')).forEach((d) => { day = d; }); console.log(day.date.length)",
  "total = 0; for (const hit of await webSearch('a')) total += hit.title.length; console.log(total)",
  "[first, ...others] = 'a b c'.split(' '); ({ length } = others); for (index of others); console.log(first, length, index)",
  "var i = 0; var i = 'text'; await readFile(i)",
  "const n: string = 5 as any; const page: string = await visitPage('https://example.org'); console.log(page.title.length)",
  "class Cart { total = 0; close() { this.total = String(this.total); } } const c = new Cart(); c.close(); await readFile(c.total)",
  "function tell(text = 0) { return translate(text, 'de'); } await tell('five')",
  "const tell = ({ text = 0, to = 'de' }) => translate(text, to); await tell({ text: 'five' })",
  "let x = 1, y = 'a'; [x, y] = [y, x]; await readFile(x); const f = (n: number) => readFile(n); await f('a')",
  // Arguments whose type is wider than what the tool takes
  "const [period] = ['day', 'week']; let mode = 'month'; await webSearch('a', 5, period); await webSearch('a', 5, mode)",
  "for (const style of ['photo', 'drawing']) await generateImage('x', undefined, 1, style)",
  "const size = [512, 512]; await generateImage('x', size); await generateImage({ prompt: 'x', size })",
  "const input = { query: 'cats', freshness: 'day', limit: 5 }; await webSearch(input)",
  "const input = {}; input.query = 'cats'; input.limit = 3; await webSearch(input)",
  "const input = { query: 'x', limit: '5' }; input.limit = Number(input.limit); await webSearch(input)",
  "const input = { query: 'x', limit: '5' }; Object.assign(input, { limit: 5 }); await webSearch(input)",
  "const key = 'limit'; const input = { query: 'x', limit: 'a' }; input[key] = 5; await webSearch(input)",
  "const input = Object.fromEntries([['query', 'x'], ['limit', 5]]); await webSearch(input); await webSearch({ ...input, limit: 3 })",
  "const key = 'limit'; await webSearch({ query: 'x', [key]: 5 }); await webSearch({ ...{ query: 'x' }, limit: 3 })",
  "const mixed = ['a', 1]; await readFile(mixed[0]); for (const [q, n] of [['a', 1]]) await webSearch(q, n)",
  "const args = ['x', 5]; await webSearch(...args); await webSearch.call(null, 'a'); const find = webSearch; await find('a')",
  "const tools = { webSearch, readFile }; await tools.webSearch('a'); await tools['readFile']('x')",
  "const start = new Date(0); await createEvent('x', start, new Date()); await createEvent('x', start.toISOString(), start)",
  "await visitPage(new URL('https://example.org')); await visitPage(`https://example.org/${1}`)",
  "const named = { toJSON() { return 'x'; } }; await readFile(named); await readFile(new String('x'))",
  "const to = ['a@example.org'].map((email) => ({ email })); await sendEmail(to, 's', 'b'); await sendEmail({ to, subject: 's', body: 'b' })",
  "const warm = Math.random() < 2; await weather(warm ? 'Oslo' : { lat: 1, lon: 2 }, warm ? 3 : undefined, warm ? 'metric' : 'imperial')",
  "function go({ limit = 5, units = 'metric' } = {}) { return weather('Oslo', limit, units); } await go({ limit: 3, units: 'imperial' })",
  "function area(text = 1) { return translate(text, 'de'); } await area('text')",
  "await drawSvg([{ kind: 'group', dx: 1, dy: 1, children: [{ kind: 'circle', x: 1, y: 1, r: 1 }] }], 'a.svg')",
  "const shape = { kind: 'circle', x: 1, y: 1 }; shape.r = 5; await drawSvg([shape], 'a.svg', [8, 6])",
  "await httpRequest('https://example.org', 'POST', { a: 'b' }, { any: [1] }); await runShell({ command: 'ls' })",
  'const path = JSON.parse(\'"a"\'); await readFile(path); await readFile(JSON.parse(\'{"p":"a"}\').p)',
  // Results
  "const hits = await webSearch('a'); for (const hit of hits) hit.score = 1; hits.sort((a, b) => b.score - a.score); console.log(hits[0].score)",
  "const hits = (await webSearch('a')).map((hit) => ({ ...hit, score: 1 })); console.log(hits[0].score, hits[0].title)",
  "const hits = await webSearch('a'); hits.forEach((hit) => Object.assign(hit, { rank: 1 })); console.log(hits[0].rank.toFixed())",
  "const hits = await webSearch('a'); const sum = hits.reduce((acc, hit) => { acc[hit.url] = hit; acc.n += 1; return acc; }, { n: 0 }); console.log(sum.n, sum.other)",
  "const [hit] = await webSearch('a'); console.log(hit.name ?? hit.title, hit.author || 'none', hit.body?.length, typeof hit.x)",
  "const [hit] = await webSearch('a'); if (hit.text) console.log(hit.text.length); if ('rank' in hit) console.log(hit.rank); if (hit.x !== undefined) hit.x.y()",
  "const [hit] = await webSearch('a'); if (Object.hasOwn(hit, 'rank')) console.log(hit.rank); const { other = 'none' } = hit; console.log(other)",
  "const { title, text: body = 'none' } = await visitPage('https://example.org'); console.log(title, body)",
  "const results = await Promise.allSettled(['a'].map((q) => webSearch(q))); for (const r of results) console.log(r.status === 'fulfilled' ? r.value.length : r.reason.message)",
  "const groups = {}; for (const hit of await webSearch('a')) (groups[hit.url] ||= []).push(hit); console.log(groups['x']?.[0].title)",
  "const counts = {}; for (const word of (await readFile('a')).split(/\\s+/)) counts[word] = (counts[word] ?? 0) + 1; console.log(counts.text)",
  "const files = await grep('x'); for (const [file, lines] of Object.entries(files)) console.log(file, lines[0].line); console.log(files['a.ts'][0].text, files.other?.length)",
  "const { rows } = await sqlQuery('select 1', [1, 'a', null, true]); const [[first]] = rows; console.log(first.length, rows[0][1].toFixed())",
  "const result = await runShell('ls'); if (result.exitCode !== 0) console.log(result.stderr.trim(), result.exitCode + 1)",
  "async function main() { const hits = await webSearch('a'); return hits.map((hit) => hit.title); } const titles = await main(); console.log(titles.length); await main().then((t) => t.join())",
  "const lines = (await readFile('x')).split('\\n'); const rows = lines.map((line) => Object.fromEntries([['name', line]])); console.log(rows[0].name, rows[0].age > 5)",
  // Names that may not be there
  "if (typeof window !== 'undefined') window.alert('x'); const isNode = typeof process !== 'undefined' && process.versions",
  "try { require('fs'); } catch (error) { console.log(error.message, error.code) }",
  "if (true) { function inner() { return 1; } } console.log(inner()); do { var once = 1; } while (false); console.log(once)",
  "globalThis.shared = 1; console.log(shared); this.other = 2; console.log(other); eval('var third = 3'); console.log(third)",
  // Sloppy code, TypeScript, and what the sandbox has
  "const red = '\\033[31m'; const ten = 010; with ({ q: 1 }) { console.log(q) } var let1 = 1, static = 2",
  "interface Hit { title: string; more?: number } const hits: Hit[] = await webSearch('a'); console.log(hits[0].more); const same = <T,>(v: T): T => v; same<number>(1)",
  "type A = { a: number }; let w: A | null = null; w = { a: 1 }; const n = w!.a as number; const s = { n } satisfies object; console.log(s, (w as any).other)",
  "const ms = (new Date() - new Date(0)) / 864e5; console.log(ms > 5 ? 'a' : 5, new Date(0) == 'x', '5' * 2, [] + {}, +'5', 1 === '1')",
  "const url = new URL('https://example.org'); url.searchParams.set('q', 1); console.log(url.href, new URLSearchParams({ a: 1 }).toString(), structuredClone({ a: 1 }).a)",
  "clearTimeout(setTimeout(() => {}, 1)); console.log(atob(btoa('x')), crypto.randomUUID(), performance.now(), new TextEncoder().encode('a').length, new Intl.NumberFormat('de').format(1))",
  "console.log([3, 1].toSorted(), [1].findLast((x) => x), 'x'.at(-1), new Set([1]).union(new Set([2])), Iterator.from([1]).map((x) => x).toArray(), Object.groupBy([1], (x) => x)[1])",
  "const it = (function* () { yield 1; })(); for (const v of it) console.log(v); for await (const v of [Promise.resolve(1)]) console.log(v); console.log(10n ** 20n, 0xff, 1_000)",
  "switch (1) { case 1: { const ok = 1; console.log(ok); break; } default: var never = 2; } outer: for (;;) { break outer; } console.log(never)",
  "finalAnswer({ a: [1], d: new Date(0), n: null, u: undefined })",
  "class K {} finalAnswer(new K())",
  "finalAnswer(await webSearch('a'))",
  "finalAnswer()",
  "return { n: 1 };",
  "",
  "// nothing",
];

/** Code that may fail, but need not: what it does depends on values. */
const uncertain: readonly string[] = [
  "const hit = (await webSearch('a')).find((h) => h.url.includes('zzz')); console.log(hit.title)",
  "const m = 'abc'.match(/x/); console.log(m[0], m.groups.year)",
  "await webSearch('a', null, undefined, null)",
  "const value = Math.random() > 0.5 ? 'x' : 5; await readFile(value)",
  "const data = JSON.parse(await readFile('a.json')); data.items[0].name.toUpperCase(); await translate(data.text, data.lang)",
  "const pages = await Promise.all(['https://example.org'].map(visitPage)); console.log(pages[0].text)",
  "const response = await fetch('https://example.org', { method: 'POST', body: '{}' }); const json = await response.json(); console.log(json.a.b, response.headers.get('x'))",
  "const module = await import('lodash'); console.log(module.chunk([1], 1))",
  "const shape = {}; for (const [k, v] of [['kind', 'circle']]) shape[k] = v; await drawSvg([shape], 'a.svg')",
  "const list = (await listIssues('a/b')).items; console.log(list[0].assignee.length, list.at(-1).labels[0].toUpperCase())",
  "function fill(o) { o.query = 'x'; } const input = {}; fill(input); await webSearch(input)",
  "const size = [512]; size.push(512); await generateImage('x', size)",
];

let check: CodeCheck;

beforeAll(async () => {
  check = await typeCheck(patient).open({ declarations, variables: {} });
});

afterAll(() => check[Symbol.dispose]());

describe("code that runs has no findings", () => {
  test.each(running)("%s", async (code) => {
    expect(checkSteps(check, code)).toEqual([]);
    await using sandbox = await quickjs().create({ functions });
    expect((await sandbox.run(code)).error).toBeUndefined();
  });
});

describe("code that may run has no findings", () => {
  test.each(uncertain)("%s", (code) => {
    expect(checkSteps(check, code)).toEqual([]);
  });
});

describe("a global of the sandbox", () => {
  test("is known, each of them", async () => {
    await using sandbox = await quickjs().create();
    const { value } = await sandbox.run("Object.getOwnPropertyNames(globalThis)");
    const unknown = (value as string[]).filter((name) => check.findings(`void ${name};`).length > 0);
    expect(unknown).toEqual([]);
  });

  test.each(["String", "Number", "Boolean", "BigInt", "Array", "Promise"])(
    "has the methods that it has: %s",
    async (type) => {
      await using sandbox = await quickjs().create();
      const { value } = await sandbox.run(`Object.getOwnPropertyNames(${type}.prototype)`);
      const values: Record<string, string> = {
        String: "''",
        Number: "(1)",
        Boolean: "true",
        BigInt: "1n",
        Array: "[]",
      };
      const unknown = (value as string[]).filter(
        (name) => checkSteps(check, `${values[type] ?? "webSearch('a')"}.${name};`).length > 0,
      );
      expect(unknown).toEqual([]);
    },
  );

  test("of another sandbox can be named", async () => {
    using check = await typeCheck({ ...patient, globals: ["process"] }).open({ declarations, variables: {} });
    expect(check.findings("process.exit(0); require('a')").map(({ message }) => message)).toEqual([
      "Cannot find name 'require'.",
    ]);
  });
});
