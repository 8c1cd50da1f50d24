import { execFileSync } from "node:child_process";

/** What a program of Python prints, as JSON, when it gets a value as JSON. */
export function askPython(program: string, value: unknown): unknown {
  const input = JSON.stringify(value);
  const output = execFileSync("python3", ["-I", "-c", program], {
    input,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  return JSON.parse(output);
}

/** What files of tools say when Python reads them: their classes' attributes, and the parameters of `forward`. */
export interface ReadToolFile {
  class: string;
  attributes: Record<string, unknown>;
  parameters: string[];
  /** How many of the parameters, from the last one, have a default. */
  defaults: number;
}

const readFiles = `
import ast, json, sys
def read(text):
    (found,) = [node for node in ast.parse(text).body if isinstance(node, ast.ClassDef)]
    values = {node.targets[0].id: ast.literal_eval(node.value) for node in found.body if isinstance(node, ast.Assign)}
    (forward,) = [node for node in found.body if isinstance(node, ast.FunctionDef) and node.name == "forward"]
    names = [each.arg for each in forward.args.args]
    return {"class": found.name, "attributes": values, "parameters": names[1:], "defaults": len(forward.args.defaults)}
print(json.dumps([read(text) for text in json.load(sys.stdin)]))
`;

/** Reads files of tools with Python's own parser, all of them in one process. */
export function readToolFiles(texts: readonly string[]): ReadToolFile[] {
  return askPython(readFiles, texts) as ReadToolFile[];
}
