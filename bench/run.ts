// pnpm bench [name...]: runs benchmarks one after another; without names, all of them.
import type { Row } from "./lib/row.ts";
import { publish } from "./lib/report.ts";

const benches: Record<string, () => Promise<{ bench: () => Promise<Row[]> }>> = {
  adapters: () => import("./benches/adapters.ts"),
  agent: () => import("./benches/agent.ts"),
  "prompt-tokens": () => import("./benches/prompt-tokens.ts"),
  sandbox: () => import("./benches/sandbox.ts"),
  hub: () => import("./benches/hub.ts"),
  derive: () => import("./benches/derive.ts"),
  startup: () => import("./benches/startup.ts"),
  "type-check": () => import("./benches/type-check.ts"),
};

const names = process.argv.slice(2).filter((name) => name !== "--");
const unknown = names.filter((name) => !Object.hasOwn(benches, name));
if (unknown.length > 0) {
  console.error(`There is no benchmark ${unknown.join(", ")}. There are ${Object.keys(benches).join(", ")}.`);
  process.exit(2);
}
for (const name of names.length > 0 ? names : Object.keys(benches)) {
  const { bench } = (await benches[name]?.()) ?? {};
  if (bench) publish(name, await bench());
}
