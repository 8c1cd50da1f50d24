import { SmoltoolsError } from "@smoltools/core";

/**
 * Why a source does not become a project.
 *
 * | code | meaning |
 * | --- | --- |
 * | `CONVERT_SOURCE_UNREACHABLE` | the source cannot be reached, started or read |
 * | `CONVERT_SOURCE_INVALID` | what is there is not what was named: no document, no tool of LangChain |
 * | `CONVERT_TOOL_UNKNOWN` | a tool was named that the source does not have |
 * | `CONVERT_NO_TOOLS` | the source has no tool of which one can be made |
 * | `CONVERT_NOT_CONVERTED` | the folder to update holds no project that was converted from a source of this kind |
 * | `CONVERT_FILE_EDITED` | somebody changed a generated file, and it would change now: it is kept |
 */
export type ConvertErrorCode =
  | "CONVERT_SOURCE_UNREACHABLE"
  | "CONVERT_SOURCE_INVALID"
  | "CONVERT_TOOL_UNKNOWN"
  | "CONVERT_NO_TOOLS"
  | "CONVERT_NOT_CONVERTED"
  | "CONVERT_FILE_EDITED";

/** What it is about: the source as it was named, and tools or files where it is about these. */
export interface ConvertErrorData {
  source: string;
  tools?: readonly string[];
  files?: readonly string[];
}

/** A source that does not become a project. */
export class ConvertError extends SmoltoolsError<ConvertErrorCode, ConvertErrorData> {}
