import { readFile } from "node:fs/promises";
import { formatProblem, type Problem } from "../derive/index.ts";
import { fewOfEach } from "./few-of-each.ts";

/** Warnings as a person reads them, each with the line that it is about; of many of one kind, a few. */
export async function warnings(problems: readonly Problem[]): Promise<string[]> {
  const { shown, others } = fewOfEach(problems);
  const texts = shown.map(async (problem) => formatProblem(problem, await readFile(problem.file, "utf8")));
  return [...(await Promise.all(texts)), ...others];
}
