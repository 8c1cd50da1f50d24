import { execFileSync } from "node:child_process";
import { userInfo } from "node:os";
import { expect, test } from "vitest";
import { systemUser } from "./system-user.ts";

test("the system user is told by name", () => {
  expect(systemUser()).toBe(userInfo().username);
});

test.skipIf(process.getuid?.() !== 0)("a system user without a name is told by number (needs root)", () => {
  const module = JSON.stringify(new URL("system-user.ts", import.meta.url).href);
  const program = `const { systemUser } = await import(${module}); process.setuid(54321); console.log(systemUser());`;
  const printed = execFileSync(process.execPath, ["--input-type=module", "-e", program], { encoding: "utf8" });
  expect(printed.trim()).toBe("uid 54321");
});
