import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { findIsolationTools } from "./isolation-tools.ts";
import { possibleUsers, userFor } from "./guest-user.ts";
import { isReadableByAll } from "./readable-by-all.ts";
import { startIsolated } from "./start-isolated.ts";
import { needsIsolation } from "./test-support/needs-isolation.ts";

needsIsolation();

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "smoltools-isolation-"));
  chmodSync(folder, 0o755);
  for (const [name, mode] of Object.entries({ open: 0o755, closed: 0o700 })) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, "public"), "", { mode: 0o644 });
    writeFileSync(join(folder, name, "private"), "", { mode: 0o600 });
    chmodSync(join(folder, name), mode);
  }
  symlinkSync(join(folder, "closed", "public"), join(folder, "open", "link"));
});
afterAll(() => rmSync(folder, { recursive: true }));

it.each([
  ["open", true],
  ["open/public", true],
  ["open/private", false],
  ["open/link", false],
  ["closed", false],
  ["closed/public", false],
  ["missing", false],
])("finds whether all can read %s: %s", (path, readable) => {
  expect(isReadableByAll(join(folder, path))).toBe(readable);
});

it.each([
  ["open", "nobody"],
  ["closed", "own"],
] as const)("chooses the user of root's guests by what they see: %s, %s", (name, user) => {
  const binds = [{ from: join(folder, name), to: "/given" }];
  expect(userFor({ sandbox: "test", command: [], binds, memory: {}, maxMessageBytes: 1 }, "nobody")).toBe(user);
});

it.each(possibleUsers())("isolates for the user %s", async (user) => {
  const tools = await findIsolationTools();
  if (typeof tools === "string") throw new Error(tools);
  const { promise, resolve } = Promise.withResolvers<number | null>();
  const command = { sandbox: "test", command: ["/prlimit", "--version"], binds: [], memory: {}, maxMessageBytes: 1 };
  const { child, info } = await startIsolated(command, tools, user);
  info.resume();
  child.once("exit", resolve);
  expect(await promise).toBe(0);
});
