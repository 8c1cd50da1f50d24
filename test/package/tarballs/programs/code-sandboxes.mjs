// Runs code with modules in the sandboxes that are made of this very version of Node.js, and prints what came of it.
import { processSandbox } from "@smoltools/adapters/sandboxes/process";
import { unsafeInProcess } from "@smoltools/adapters/sandboxes/unsafe-in-process";

const modules = {
  a: 'import { b } from "b"; import { basename } from "node:path"; export const a = b + basename("/x/y");',
  b: 'import * as whole from "a"; export const b = 40; export const late = async () => (await import("a")).a + typeof whole.a;',
};
const steps = [
  'const { a } = await import("a"); a',
  'a + await (await import("b")).late()',
  '(await Promise.all([import("a"), import("b"), import("node:os")])).length',
  'await import("other")',
];
for (const provider of [processSandbox({ isolation: "bubblewrap" }), unsafeInProcess()]) {
  const sandbox = await provider.create({ modules });
  for (const step of steps) {
    const { value, error } = await sandbox.run(step);
    process.stdout.write(`${provider.name} ${value ?? error?.message}\n`);
  }
  await sandbox.dispose();
}
