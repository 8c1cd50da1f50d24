// Images, sounds and files, as a package takes them in and gives them out: { $media, kind, mediaType, name? }, where
// $media is a data: address with the bytes, or an address where they are.

const form = /^[\w.+-]+\/[\w.+-]+$/;

/** A piece of media from its bytes in base64. */
export function mediaOf(base64, said, name) {
  const data = base64.replace(/\s/g, "");
  if (data.length % 4 === 1 || !/^[A-Za-z0-9+/]*={0,2}$/.test(data)) throw new Error("media that are not in base64");
  const mediaType = typeOf(said);
  return { $media: `data:${mediaType};base64,${data}`, ...about(mediaType, name) };
}

/** A piece of media that is at an address. */
export function mediaAt(url, said, name) {
  const mediaType = typeOf(said);
  return { $media: url, ...about(mediaType, name) };
}

/** What stands in a piece of media: its bytes in base64, or its address; nothing for any other value. */
export function readMedia(value) {
  if (typeof value?.$media !== "string" || typeof value.mediaType !== "string") return undefined;
  const { $media: url, kind, mediaType, name } = value;
  const [, base64] = /^data:[^,]*;base64,(.*)$/s.exec(url) ?? [];
  return {
    kind,
    mediaType,
    ...(typeof name === "string" && { name }),
    ...(base64 === undefined ? { url } : { base64 }),
  };
}

/** Base64 of bytes. */
export function toBase64(bytes) {
  let binary = "";
  // So many arguments at once go through every engine.
  for (let at = 0; at < bytes.length; at += 4096) binary += String.fromCharCode(...bytes.subarray(at, at + 4096));
  return btoa(binary);
}

/** The bytes that base64 stands for. */
export function fromBase64(base64) {
  return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
}

/** Parameters such as a charset are left out. */
function typeOf(said) {
  const [type = ""] = String(said ?? "").split(";");
  return form.test(type.trim()) ? type.trim() : "application/octet-stream";
}

function about(mediaType, name) {
  const [first] = mediaType.split("/");
  const kind = first === "image" || first === "audio" || first === "video" ? first : "file";
  return { kind, mediaType, ...(name !== undefined && name !== "" && { name }) };
}
