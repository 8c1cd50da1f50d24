import { Buffer } from "node:buffer";
import { isMediaRef, MediaRef } from "@smoltools/core";
import { isRecord, textField } from "../../shared/json-access.ts";
import { holdsMedia } from "../../shared/media/media-in-values.ts";

/**
 * Arguments as they can be sent: media become objects that hold their bytes in base64.
 *
 * @throws what reading the media throws.
 */
export async function sendableInput(input: unknown, signal: AbortSignal): Promise<unknown> {
  return holdsMedia(input) ? withBytes(input, signal) : input;
}

async function withBytes(input: unknown, signal: AbortSignal): Promise<unknown> {
  if (isMediaRef(input)) {
    const { kind, mediaType, name } = input;
    const bytes = await input.bytes({ signal });
    return { kind, mediaType, ...(name !== undefined && { name }), data: Buffer.from(bytes).toString("base64") };
  }
  if (Array.isArray(input)) return Promise.all(input.map((item: unknown) => withBytes(item, signal)));
  if (!isRecord(input)) return input;
  const entries = Object.entries(input).map(async ([key, value]) => [key, await withBytes(value, signal)] as const);
  return Object.fromEntries(await Promise.all(entries));
}

/** What {@link sendableInput} made of media is media again. */
export function receivedInput(input: unknown): unknown {
  if (Array.isArray(input)) return input.map(receivedInput);
  if (!isRecord(input)) return input;
  const mediaType = textField(input, "mediaType");
  const { kind, data } = input;
  if (typeof kind === "string" && mediaType !== undefined && typeof data === "string") {
    const name = textField(input, "name");
    const keys = Object.keys(input).length;
    if (keys === (name === undefined ? 3 : 4) && /^[\w.+-]+\/[\w.+-]+$/.test(mediaType)) {
      const bytes = new Uint8Array(Buffer.from(data, "base64"));
      return MediaRef.fromBytes(bytes, { mediaType, ...(name !== undefined && { name }) });
    }
  }
  return Object.fromEntries(Object.entries(input).map(([key, value]) => [key, receivedInput(value)]));
}
