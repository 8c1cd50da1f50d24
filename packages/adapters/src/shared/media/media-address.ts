/** Media types by the endings of files, where an address is all that is known. */
const typesByEnding: Readonly<Record<string, string>> = {
  avif: "image/avif",
  gif: "image/gif",
  jpeg: "image/jpeg",
  jpg: "image/jpeg",
  mp3: "audio/mpeg",
  mp4: "video/mp4",
  ogg: "audio/ogg",
  pdf: "application/pdf",
  png: "image/png",
  svg: "image/svg+xml",
  wav: "audio/wav",
  webm: "video/webm",
  webp: "image/webp",
};

const typesByKind: Readonly<Record<string, string>> = { image: "image/png", audio: "audio/wav", video: "video/mp4" };

/**
 * The media type of what is at an address: the one that a `data:` address says, or a guess by how it ends.
 *
 * @param kind - Decides where the address tells nothing: `"image"`, `"audio"`, `"video"`, or a file of any kind.
 */
export function mediaTypeOf(url: string, kind: string): string {
  const said = /^data:([\w.+-]+\/[\w.+-]+)/.exec(url)?.[1];
  if (said !== undefined) return said;
  const ending = /\.(\w{3,4})(?:[?#]|$)/.exec(url)?.[1]?.toLowerCase() ?? "";
  const guess = Object.hasOwn(typesByEnding, ending) ? typesByEnding[ending] : undefined;
  return guess ?? typesByKind[kind] ?? "application/octet-stream";
}

/** The `data:` address of bytes in base64. */
export function dataUrl(base64: string, mediaType: string): string {
  return `data:${mediaType};base64,${base64}`;
}
