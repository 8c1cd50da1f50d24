import type { Sandbox } from "@smoltools/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { plainProcess } from "./test-support/plain-process.ts";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await plainProcess.create();
});
afterAll(() => sandbox.dispose());

test.each<[what: string, code: string, output: string]>([
  ["in parts of lines", "process.stdout.write('a'); process.stdout.write('b\\nc\\n'); console.log('d')", "ab\nc\nd"],
  [
    "without a line break at its end",
    "console.log('a'); process.stderr.write('b'); process.stdout.write('c')",
    "a\nbc",
  ],
  [
    "in parts of a character",
    "const bytes = Buffer.from('é\\n'); process.stdout.write(bytes.subarray(0, 1)); process.stdout.write(bytes.subarray(1))",
    "é",
  ],
])("text is printed that code writes %s, and not again in the next run", async (_what, code, output) => {
  expect((await sandbox.run(`${code}; 1`)).output).toBe(output);
  expect((await sandbox.run("console.log('next')")).output).toBe("next");
});

test("code hears that what it wrote is written", async () => {
  const { value } = await sandbox.run("await new Promise((done) => process.stdout.write('a', () => done('written')))");
  expect(value).toBe("written");
});

test("a line without end is cut where the output is", async () => {
  await using small = await plainProcess.create({ limits: { maxOutputBytes: 100 } });
  const { output } = await small.run("for (let i = 0; i < 1e5; i += 1) process.stdout.write('xx')");
  expect(output).toMatch(/^x{100}\n.*maxOutputBytes/s);
});
