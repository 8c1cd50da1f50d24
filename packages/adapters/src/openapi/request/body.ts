import { isMediaRef } from "@smoltools/core";
import { utf8 } from "../../shared/bytes.ts";
import { isRecord } from "../../shared/json-access.ts";
import { multipartBody, type WrittenBody } from "./multipart.ts";
import { queryPairs, styleOf } from "./parameter-style.ts";
import type { PlannedBody } from "./request-plan.ts";

/**
 * Writes the body of a request.
 *
 * @param value - An argument, or an object of arguments, checked against the body's schema.
 * @throws Error for what cannot be written.
 */
export async function writtenBody(plan: PlannedBody, value: unknown, signal: AbortSignal): Promise<WrittenBody> {
  const { kind, mediaType } = plan;
  switch (kind) {
    case "json":
      return { mediaType, bytes: utf8(JSON.stringify(value)) };
    case "form":
      return { mediaType, bytes: utf8(formText(fieldsOf(value), plan.encoding)) };
    case "multipart":
      return multipartBody(fieldsOf(value), signal);
    case "text":
      return { mediaType, bytes: utf8(String(value)) };
    case "bytes":
      return { mediaType, bytes: await bytesOf(value, signal) };
  }
}

async function bytesOf(value: unknown, signal: AbortSignal): Promise<Uint8Array> {
  if (typeof value === "string") return utf8(value);
  if (isMediaRef(value)) return value.bytes({ signal });
  throw new Error("its body is not a file: pass a file that a tool or the task gave, or a text");
}

function fieldsOf(value: unknown): Record<string, unknown> {
  if (isRecord(value)) return value;
  throw new Error("its body is a form: pass an object of its fields");
}

/** A form in one line. Lists are fields of one name, objects JSON, unless the document says otherwise. */
function formText(fields: Record<string, unknown>, encoding: Readonly<Record<string, unknown>>): string {
  return Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .flatMap(([name, value]) => {
      const declared = Object.hasOwn(encoding, name) ? encoding[name] : undefined;
      const style = isRecord(declared) && "style" in declared ? declared : {};
      const isJson = isRecord(value) && !("style" in style);
      return queryPairs(name, isJson ? JSON.stringify(value) : value, styleOf(name, "query", style));
    })
    .map(([name, value]) => `${name}=${value.replaceAll("%20", "+")}`)
    .join("&");
}
