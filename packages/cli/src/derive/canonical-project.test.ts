import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { deriveFile } from "./index.ts";

const tool = `
import type { Issue, Shape } from "./types.ts";
/** How loud. */
export type Level = "low" | "high" | "extra";
/**
 * Draws shapes.
 *
 * A second paragraph,
 * on two lines.
 * @param level - How loud,
 *   said on two lines.
 * @param shapes - The shapes.
 * @param fields - What of the issue.
 * @param sizes - Sizes. @default { "zed": 1, "abc": 2 }
 * @example
 * draw("low", [])
 */
export async function draw(
  level: Level,
  shapes: Shape[],
  fields?: Partial<Pick<Issue, "zed" | "state">>,
  sizes?: Record<"zed" | "abc", 1 | 3 | 2>,
) {
  if (level === "low") return { kind: "zed" as const, at: new Date() };
  return shapes.length > 3 ? "mid" : fields === undefined ? 7 : "abc";
}
`;
const types = `
export interface Issue {
  /** The state. */
  state: "open" | "closed";
  /** The zed. */
  zed: string;
}
export type Shape = Rect | Circle | Group;
interface Rect {
  /** Kind. */
  kind: "rect";
  /** Width. */
  w: number;
}
interface Circle {
  /** Kind. */
  kind: "circle";
  /** Radius. */
  r: number;
}
interface Group {
  /** Kind. */
  kind: "group";
  /** Parts. */
  children: Shape[];
}
`;
/** The literals and shapes of the tool in other orders, and a global name that it uses. */
const noise = `
export type A = "extra" | "high" | "low" | "closed" | "open" | "abc" | "mid" | "zed" | 7 | 2 | 1 | 3;
export interface Circle { kind: "circle"; r: number }
export type Shape = Circle | { kind: "rect"; w: number };
declare global { interface Date { noise: A } interface Issue { state: 1 } }
`;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "smoltools-canonical-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Derives the tool in a project of its own. */
async function derivedIn(name: string, files: Readonly<Record<string, string>>, library?: "full"): Promise<string> {
  const project = join(folder, name);
  for (const [path, text] of Object.entries({ "tool.ts": tool, "types.ts": types, ...files })) {
    await mkdir(dirname(join(project, path)), { recursive: true });
    await writeFile(join(project, path), text);
  }
  const { tools, problems } = await deriveFile(join(project, "tool.ts"), library ? { library } : {});
  expect(problems).toEqual([]);
  expect(tools).toHaveLength(1);
  return written(tools);
}

/** A tool as it is published: where its examples stand in the source is for messages alone. */
function written(tools: unknown): string {
  return JSON.stringify(tools, (key, value: unknown) => (key === "place" ? undefined : value));
}

const crlf = (text: string): string => text.replaceAll("\n", "\r\n");
const noiseTool = `${noise}/** Does.\n * @param a - A.\n */\nexport function first(a: A): Shape { return null!; }\n`;
const looseOptions = {
  strict: false,
  strictNullChecks: false,
  target: "ES5",
  lib: ["DOM", "ES5"],
  noImplicitAny: false,
};

const projects: [what: string, files: Record<string, string>, library?: "full"][] = [
  ["with the full library", {}, "full"],
  ["with lines that end as on Windows", { "tool.ts": crlf(tool), "types.ts": crlf(types) }],
  ["with a byte order mark", { "tool.ts": `\uFEFF${tool}`, "types.ts": `\uFEFF${types}` }],
  ["with a final line that does not end", { "tool.ts": tool.trimEnd() }],
  ["with other files that have the same literals first", { "a.ts": noise, "index.ts": noiseTool, "types.d.ts": noise }],
  [
    "with a loose tsconfig.json",
    { "tsconfig.json": JSON.stringify({ compilerOptions: looseOptions, include: ["**/*"] }) },
  ],
  ["with a broken tsconfig.json", { "tsconfig.json": "{" }],
  ["with a package.json of another kind of modules", { "package.json": '{ "type": "commonjs" }' }],
  ["with declarations for other types installed", { "node_modules/@types/noise/index.d.ts": noise, "node_modules/@types/noise/package.json": '{ "name": "@types/noise", "version": "1.0.0", "types": "index.d.ts" }' }], // prettier-ignore
  ["in a folder of another name", {}],
];
it.each(projects)("a tool has the same bytes in a project %s", async (what, files, library) => {
  const plain = await derivedIn("plain", {});
  expect(await derivedIn(what.replaceAll(" ", "-"), files, library)).toBe(plain);
});

it("a tool has the same bytes whatever was derived before, in the same process", async () => {
  const plain = await derivedIn("plain", {});
  await writeFile(join(folder, "noise.ts"), noiseTool);
  await deriveFile(join(folder, "noise.ts"));
  expect(await derivedIn("after", {})).toBe(plain);
});

it("a tool has the same bytes whichever of two files it comes with first", async () => {
  const project = join(folder, "two");
  const other = tool.replace("draw(", "paint(").replace("function draw", "function paint");
  await mkdir(project, { recursive: true });
  await writeFile(join(project, "tool.ts"), tool);
  await writeFile(join(project, "other.ts"), other);
  await writeFile(join(project, "types.ts"), types);
  const lines = ['export { draw } from "./tool.ts";', 'export { paint } from "./other.ts";'];
  const byName = async (text: string) => {
    await writeFile(join(project, "index.ts"), text);
    const { tools } = await deriveFile(join(project, "index.ts"));
    return Object.fromEntries(tools.map((one) => [one.name, written(one)]));
  };
  const [forwards, backwards] = [await byName(lines.join("\n")), await byName(lines.toReversed().join("\n"))];
  expect(Object.keys(forwards)).toHaveLength(2);
  expect(backwards).toEqual(forwards);
});
