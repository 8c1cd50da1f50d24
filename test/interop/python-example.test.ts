import { describe, expect, it } from "vitest";
import { runExample } from "../examples/run-example.ts";
import { interopPython, interopPythonHint } from "./python-environment.ts";

describe.skipIf(!interopPython)(`the examples${interopPython ? "" : ` (${interopPythonHint})`}`, () => {
  it("have a user of smolagents, who loads a tool that was written in TypeScript", async () => {
    const { lines, left } = await runExample("python-user", { SMOLTOOLS_PYTHON: interopPython });
    expect(lines.at(-1)).toMatch(/^Checked/);
    expect(left).toEqual([]);
  });
});
