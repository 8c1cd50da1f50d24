import { readFileSync } from "node:fs";
import { typeCheck } from "@smoltools/adapters/type-check";
import { type CodeCheck, renderDeclarations, type ToolDeclaration } from "@smoltools/core";
import { timed } from "../lib/measure.ts";
import { type Row, row } from "../lib/row.ts";

/** What models write: six right steps and eight wrong ones, and how many findings each has. */
const snippets: readonly (readonly [code: string, findings: number])[] = [
  ['const hits = await webSearch("cats", 5);\nfor (const hit of hits) console.log(hit.title, hit.url);', 0],
  [
    "const days = await weather({ lat: 59.9, lon: 10.7 });\nconst warm = days.filter((d) => d.high > 20);\nwarm.length",
    0,
  ],
  [
    'const counts = {};\nfor (const w of (await readFile("a")).split(" ")) counts[w] = (counts[w] ?? 0) + 1;\ncounts',
    0,
  ],
  ["const pages = await Promise.all(urls.map((url) => visitPage(url)));\npages.map((page) => page.title)", 0],
  [
    'const { items } = await listIssues("a/b");\nfinalAnswer(items.map((issue) => ({ id: issue.id, t: issue.title })));',
    0,
  ],
  [
    'let text = "";\ntry { text = await readFile("a.json"); } catch (error) { console.log(error.message); }\nJSON.parse(text).a.b',
    0,
  ],
  ['await webSearch("cats", "five");', 1],
  ['const hits = await webSearch("cats");\nhits[0].link', 1],
  ['await weather("Oslo", 3, "kelvin");', 1],
  ['const hits = webSearch("cats");\nhits.map((hit) => hit.title)', 1],
  ['await sendEmail("bob@example.org", "Hello", "Text");', 1],
  ['await sendEmail(["bob@example.org"], "Hello", "Text");', 1],
  ['const issues = (await listIssues("a/b")).items;\nissues.filter((issue) => issue.status === "open")', 1],
  ['await searchTheWeb("cats");', 1],
];

const step = (n: number): string =>
  `const hits${n} = await webSearch("topic ${n}");\nconst page${n} = await visitPage(hits${n}[0].url);\nconst n${n} = ${n};`;

/** Checks of code before it runs, with few and many tools, at the beginning and late in a conversation. */
export async function bench(): Promise<Row[]> {
  const twenty = JSON.parse(
    readFileSync(new URL("../../fixtures/derive/twenty-tools.json", import.meta.url), "utf8"),
  ) as ToolDeclaration[];
  const copies = Array.from({ length: 49 }, (_, n) => twenty.map((tool) => ({ ...tool, name: `${tool.name}${n}` })));
  const sizes = { "20": twenty, "1,000": [...twenty, ...copies.flat()] };
  const checker = typeCheck();
  const variables = { urls: ["https://example.org"] };
  const rows: Row[] = [];
  for (const [size, tools] of Object.entries(sizes)) {
    const declarations = renderDeclarations(tools);
    const cold = await timed(async () => {
      const fresh = await typeCheck().open({ declarations, variables });
      fresh.findings("1");
      fresh[Symbol.dispose]();
    });
    rows.push(row(`${size} tools: start, and the first check`, "ms", cold));
    let check: CodeCheck | undefined;
    (await checker.open({ declarations, variables }))[Symbol.dispose]();
    const open = await timed(async () => {
      check = await checker.open({ declarations, variables });
    });
    rows.push(row(`${size} tools: another conversation`, "ms", open));
    if (!check) continue;
    for (let steps = 1; steps <= 50; steps++) {
      check.ran(step(steps));
      if (steps === 1 || steps === 50) rows.push(...checks(check, `${size} tools, after ${steps}`));
    }
    const rans = times(50, (n) => {
      check?.ran(step(n));
      check?.findings("1");
    });
    rows.push(row(`${size} tools: taking a step in`, "ms", at(rans, 0.5)));
    check[Symbol.dispose]();
  }
  return rows;
}

function checks(check: CodeCheck, what: string): Row[] {
  const run = (n: number): void => {
    const [code, wanted] = snippets[n % snippets.length] ?? ["", 0];
    const found = check.findings(`${code}\n// ${n}`).length;
    if (found !== wanted) throw new Error(`${found} findings, not ${wanted}, in:\n${code}`);
  };
  times(10 * snippets.length, run);
  const ms = times(30 * snippets.length, run);
  const target = { text: "under 5 ms", met: ({ ours }: { ours: number }) => ours < 5 };
  return [
    row(`${what} steps: check, median`, "ms", at(ms, 0.5)),
    row(`${what} steps: check, 95th percentile`, "ms", at(ms, 0.95), undefined, target),
  ];
}

function times(runs: number, work: (n: number) => void): number[] {
  return Array.from({ length: runs }, (_, n) => {
    const start = performance.now();
    work(n);
    return performance.now() - start;
  });
}

/** The value below which a share of all values lies. */
function at(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
}
