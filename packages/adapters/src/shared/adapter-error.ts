import { SmoltoolsError } from "@smoltools/core";

/**
 * Why an adapter cannot work.
 *
 * | code | meaning |
 * | --- | --- |
 * | `ADAPTER_PEER_MISSING` | an optional library is not installed |
 * | `ADAPTER_PEER_BROKEN` | an optional library is installed but cannot be loaded |
 * | `ADAPTER_OPTIONS_INVALID` | an option has a value that cannot work |
 * | `ADAPTER_TOOL_UNKNOWN` | a call names a tool that does not exist |
 */
export type AdapterErrorCode =
  | "ADAPTER_PEER_MISSING"
  | "ADAPTER_PEER_BROKEN"
  | "ADAPTER_OPTIONS_INVALID"
  | "ADAPTER_TOOL_UNKNOWN";

/** An adapter that cannot work as the program is installed. */
export class AdapterError extends SmoltoolsError<AdapterErrorCode, { packageName?: string }> {}
