import { Buffer } from "node:buffer";
import { errorMessage, type SandboxLimits } from "@smoltools/core";
import { jsonShape } from "./json-shape.ts";

/** A value that cannot cross into the sandbox. */
export class NotEncodable extends Error {
  /** The limit that it exceeds, if that is the reason. */
  readonly limit: keyof SandboxLimits | undefined;

  constructor(message: string, limit?: keyof SandboxLimits) {
    super(message);
    this.limit = limit;
  }
}

/**
 * The JSON text of a host's value, within the limits of the sandbox; `undefined` for `undefined`.
 *
 * @param subject - What the value is, for messages.
 * @param maxBytes - No limit when absent.
 * @throws NotEncodable
 */
export function encodeJson(value: unknown, subject: string, maxDepth: number, maxBytes?: number): string | undefined {
  let json: string | undefined;
  try {
    json = JSON.stringify(value);
  } catch (error) {
    throw new NotEncodable(`${subject} is no JSON value: ${errorMessage(error)}`);
  }
  if (json === undefined) {
    if (value === undefined) return undefined;
    throw new NotEncodable(`${subject} is a ${typeof value}, which is no JSON value`);
  }
  const bytes = Buffer.byteLength(json);
  if (maxBytes !== undefined && bytes > maxBytes) {
    throw new NotEncodable(
      `${subject} is ${bytes} bytes of JSON, more than ${maxBytes} (maxResultBytes)`,
      "maxResultBytes",
    );
  }
  if (jsonShape(json).depth > maxDepth) {
    throw new NotEncodable(`${subject} is nested deeper than ${maxDepth} levels (maxDepth)`, "maxDepth");
  }
  return json;
}
