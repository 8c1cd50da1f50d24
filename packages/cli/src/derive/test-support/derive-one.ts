import { expect } from "vitest";
import { type DerivedTool, deriveSource } from "../index.ts";

/** Derives the only tool of a source that has no problems. */
export async function deriveOne(source: string, fileName = "tool.ts"): Promise<DerivedTool> {
  const { tools, problems } = await deriveSource(source, { fileName });
  expect(problems).toEqual([]);
  const [tool] = tools;
  if (!tool) throw new Error("no tool");
  return tool;
}
