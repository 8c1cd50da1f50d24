import { expect, test } from "vitest";
import { PackageRuntime } from "./package-runtime.ts";
import type { ToolEngine } from "./tool-engine.ts";

test("what belongs to a package ends with it, also where one of its engines fails to end", async () => {
  const ended: string[] = [];
  const engine: ToolEngine = {
    call: async () => ({ value: 1 }),
    [Symbol.asyncDispose]: () => Promise.reject(new Error("it does not end")),
  };
  const owned = { [Symbol.asyncDispose]: async () => void ended.push("program") };
  const runtime = new PackageRuntime({ sandbox: "test", open: async () => engine, maxConcurrency: 1, owned });
  await runtime.call("tool", {});
  await expect(runtime.dispose()).rejects.toThrow("it does not end");
  expect(ended).toEqual(["program"]);
});
