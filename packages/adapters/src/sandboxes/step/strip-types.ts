import type { Position } from "./position.ts";

/** Source that is neither JavaScript nor TypeScript of the kind that can be stripped. */
export class TypeScriptProblem extends Error {
  readonly position: Position;

  constructor(message: string, position: Position) {
    super(message);
    this.position = position;
  }
}

// A top-level `return` and `await` are refused outside functions, so the source is stripped as the body of one.
const open = "async()=>{";
const close = "\n}";

/** What to write instead of the syntax that means more than types. */
const instead: readonly [pattern: RegExp, advice: string][] = [
  [/ enum /, "write a constant object, such as const Color = { Red: 0, Green: 1 }"],
  [/ (?:namespace|module) /, "write a plain object, or plain functions"],
  [/ parameter property /, "declare the field in the class body and set it in the constructor"],
];

/**
 * Takes the types out of TypeScript; every other character keeps its place.
 *
 * Loads `@swc/wasm-typescript` on first use: plain JavaScript never needs it.
 *
 * @throws TypeScriptProblem, with the place in the source.
 * @throws Anything else when the stripper itself failed: it must not be used again.
 */
export async function stripTypes(source: string): Promise<string> {
  const { transformSync } = await import("@swc/wasm-typescript");
  try {
    const { code } = transformSync(open + source + close, { mode: "strip-only", module: false });
    return code.slice(open.length, code.lastIndexOf(close));
  } catch (error) {
    if (isDiagnostic(error)) throw problem(error);
    throw error;
  }
}

/** What the stripper throws: not an `Error`. Lines count from 1, columns from 0. */
interface Diagnostic {
  code: "UnsupportedSyntax" | "InvalidSyntax";
  message: string;
  startLine: number;
  startColumn: number;
}

function isDiagnostic(value: unknown): value is Diagnostic {
  return typeof value === "object" && value !== null && "startLine" in value && "message" in value;
}

function problem({ code, message, startLine, startColumn }: Diagnostic): TypeScriptProblem {
  const advice = code === "UnsupportedSyntax" ? instead.find(([pattern]) => pattern.test(message))?.[1] : undefined;
  const text = message.replace(/ in strip-only mode$/, " here");
  const column = startColumn + 1 - (startLine === 1 ? open.length : 0);
  return new TypeScriptProblem(advice ? `${text}: ${advice}` : text, { line: startLine, column: Math.max(column, 1) });
}
