import { readFile } from "node:fs/promises";
import { formatProblem, type Problem } from "../derive/index.ts";

/** Problems as a person reads them, each with the line that it is about. */
export async function warnings(problems: readonly Problem[]): Promise<string[]> {
  return Promise.all(problems.map(async (problem) => formatProblem(problem, await readFile(problem.file, "utf8"))));
}
