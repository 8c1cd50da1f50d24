// pnpm bench [name...]: runs benchmarks one after another, without names all of them, and writes docs/benchmarks.md.
// pnpm bench --write: writes that page alone, from what earlier runs have left behind.
import type { Row } from "./lib/row.ts";
import { publish, readReports } from "./lib/report.ts";
import { writePage } from "./lib/page.ts";

const benches: Record<string, () => Promise<{ bench: () => Promise<Row[]> }>> = {
  adapters: () => import("./benches/adapters.ts"),
  agent: () => import("./benches/agent.ts"),
  tokens: () => import("./benches/tokens.ts"),
  sandbox: () => import("./benches/sandbox.ts"),
  hub: () => import("./benches/hub.ts"),
  derive: () => import("./benches/derive.ts"),
  startup: () => import("./benches/startup.ts"),
  "type-check": () => import("./benches/type-check.ts"),
};

const onlyWrite = process.argv.includes("--write");
const names = process.argv.slice(2).filter((name) => name !== "--" && name !== "--write");
const unknown = names.filter((name) => !Object.hasOwn(benches, name));
if (unknown.length > 0) {
  console.error(`There is no benchmark ${unknown.join(", ")}. There are ${Object.keys(benches).join(", ")}.`);
  process.exit(2);
}
for (const name of onlyWrite ? [] : names.length > 0 ? names : Object.keys(benches)) {
  const { bench } = (await benches[name]?.()) ?? {};
  if (bench) publish(name, await bench());
}
writePage(readReports());
