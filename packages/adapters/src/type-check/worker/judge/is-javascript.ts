import { parse } from "acorn";

/** Tells whether code parses as JavaScript, in the way that the `quickjs` sandbox parses a step. */
export function isJavaScript(code: string): boolean {
  try {
    parse(code, {
      ecmaVersion: "latest",
      sourceType: "script",
      allowAwaitOutsideFunction: true,
      allowReturnOutsideFunction: true,
    });
    return true;
  } catch {
    return false;
  }
}
