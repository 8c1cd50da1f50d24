import { isAbsolute, relative } from "node:path";
import type { ts } from "ts-morph";
import type { Place } from "./port.ts";

/** Where a part of a file stands. */
export function sourcePlace(file: ts.SourceFile, start: number, length: number): Place {
  const { line, character } = file.getLineAndCharacterOfPosition(start);
  return { file: shownPath(file.fileName), line: line + 1, column: character + 1, length };
}

/** A path for people: relative to the working directory where it lies inside of it. */
function shownPath(path: string): string {
  const shown = relative(process.cwd(), path);
  return shown === "" || shown.startsWith("..") || isAbsolute(shown) ? path : shown.replaceAll("\\", "/");
}
