import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Tools in a folder, one file each, and a file that exports them all. */
export interface GeneratedTools {
  index: string;
  files: string[];
  /** Names of the types of their inputs and results. */
  types: string[];
}

/** Writes tools of five kinds, such as people write them: each has a described input type and a result type. */
export function generateTools(folder: string, count: number): GeneratedTools {
  mkdirSync(folder, { recursive: true });
  const files: string[] = [];
  const types: string[] = [];
  for (let id = 0; id < count; id++) {
    const file = join(folder, `tool${id}.ts`);
    writeFileSync(file, toolSource(id));
    files.push(file);
    types.push(`Input${id}`, `Result${id}`);
  }
  const index = join(folder, "index.ts");
  writeFileSync(index, files.map((_, id) => `export { tool${id} } from "./tool${id}.ts";\n`).join(""));
  const compilerOptions = { target: "ES2022", module: "NodeNext", moduleResolution: "NodeNext", strict: true };
  const options = { ...compilerOptions, noEmit: true, allowImportingTsExtensions: true, types: [] };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions: options, files: ["index.ts"] }));
  return { index, files, types };
}

const kinds: ((id: number) => { input: string; result: string })[] = [
  () => ({
    input: `
  /** What to look for. */
  query: string;
  /** How many hits to return. @minimum 1 @maximum 50 @default 10 */
  limit?: number;
  /** Only pages of this period. */
  freshness?: "day" | "week" | "month";`,
    result: `
  /** Title of the page. */
  title: string;
  /** Its address. @format uri */
  url: string;`,
  }),
  (id) => ({
    input: `
  /** Where it takes place: a name, or coordinates. */
  place: string | Point${id};
  /** Width and height. */
  size?: [width: number, height: number];`,
    result: `
  /** Values by hour. */
  values: Record<string, number>;
  /** The place that was meant, if it was found. */
  place: Point${id} | null;`,
  }),
  (id) => ({
    input: `
  /** The shapes, back to front. */
  shapes: Shape${id}[];
  /** File to write. */
  path: string;`,
    result: `
  /** Number of bytes. */
  bytes: number;`,
  }),
  () => ({
    input: `
  /** One statement. */
  sql: string;
  /** Values for its parameters. */
  params?: (string | number | boolean | null)[];
  /** Variables of the session. */
  session?: Record<string, string>;`,
    result: `
  /** Names of the columns. */
  columns: string[];
  /** The rows. */
  rows: (string | number | boolean | null)[][];`,
  }),
  (id) => ({
    input: `
  /** What to change; what is not named stays. */
  change: Partial<Pick<Item${id}, "name" | "tags">>;
  /** Which item. */
  item: Item${id}["key"];`,
    result: `
  /** The item as it is now. */
  item: Item${id};`,
  }),
];

function toolSource(id: number): string {
  const { input, result } = kinds[id % kinds.length]?.(id) ?? { input: "", result: "" };
  return `/** A point on earth. */
interface Point${id} {
  /** Latitude. @minimum -90 @maximum 90 */
  lat: number;
  /** Longitude. @minimum -180 @maximum 180 */
  lon: number;
}
/** A shape of a drawing. */
type Shape${id} = Circle${id} | Group${id};
/** A circle. */
interface Circle${id} {
  /** What it is. */
  kind: "circle";
  /** Its radius. */
  r: number;
}
/** Shapes that belong together. */
interface Group${id} {
  /** What it is. */
  kind: "group";
  /** What is in it. */
  children: Shape${id}[];
}
/** An item in a list. */
interface Item${id} {
  /** Its key. */
  key: number;
  /** Its name. */
  name: string;
  /** Its tags. */
  tags: string[];
}
/** What tool ${id} takes. */
export interface Input${id} {${input}
}
/** What tool ${id} gives. */
export interface Result${id} {${result}
}
/**
 * Does the work of tool ${id}.
 * @param input - What to do.
 * @returns What came of it.
 */
export async function tool${id}(input: Input${id}): Promise<Result${id}[]> {
  return [];
}
`;
}
