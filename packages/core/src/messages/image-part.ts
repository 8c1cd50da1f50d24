import type { MediaRef } from "../media/media-ref.ts";
import type { ImagePart } from "./message.ts";

/** An image as a part of a message; `undefined` for what is no image. */
export function imagePart(media: MediaRef): ImagePart | undefined {
  if (media.kind !== "image") return undefined;
  const data = media.toBase64();
  const { mediaType, url } = media;
  return { type: "image", mediaType, ...(data === undefined ? url !== undefined && { url } : { data }) };
}
