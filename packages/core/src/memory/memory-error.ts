import type { SchemaFinding } from "../schema/schema-finding.ts";
import { SmoltoolsError } from "../errors/smoltools-error.ts";

/**
 * Errors of exporting and importing a memory.
 *
 * | code | meaning |
 * | --- | --- |
 * | `MEMORY_INVALID` | what was imported is no exported memory; `data.findings` says where |
 * | `MEMORY_VERSION` | it was exported by a later version of smoltools |
 * | `MEMORY_NOT_SERIALIZABLE` | a step has no JSON form, such as a value that holds a function, or is nested too deeply; `data.path` says where |
 */
export type MemoryErrorCode = "MEMORY_INVALID" | "MEMORY_VERSION" | "MEMORY_NOT_SERIALIZABLE";

/** A memory that cannot be exported or imported. */
export class MemoryError extends SmoltoolsError<
  MemoryErrorCode,
  { path?: string; findings?: readonly SchemaFinding[] }
> {}
