import type { BuiltPackage } from "../build-package.ts";
import type { CheckFinding } from "./check-report.ts";

/** A call of the global function, and not of a method or of a function that is declared here. */
const call = /(?<![\w$.]|function\s+)fetch\s*\(|\b(?:globalThis|self)\.fetch\s*\(/;

/** Warns of code that calls `fetch` and declares no host: each of its requests would be refused. */
export function undeclaredFetch({ packed }: Pick<BuiltPackage, "packed">): CheckFinding[] {
  const { entry, permissions, runtime } = packed.manifest;
  const code = Buffer.from(packed.files.get(entry) ?? []).toString("utf8");
  if (runtime === "python" || permissions.net.length > 0 || !call.test(code)) return [];
  return [
    {
      severity: "warning",
      code: "W_NO_HOST",
      message: "The code calls fetch, but declares no host: every request will be refused.",
      fix: "add to the comment above the function: @permission net <host>, such as @permission net api.example.com",
    },
  ];
}
