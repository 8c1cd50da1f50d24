/** How many bytes are turned into characters at once: more would overflow the stack as arguments of one call. */
const chunkBytes = 0x6000; // A multiple of 3, so that chunks can be joined.

/** Bytes as base64, without anything of Node.js. */
export function encodeBase64(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += chunkBytes) {
    text += btoa(String.fromCharCode(...bytes.subarray(at, at + chunkBytes)));
  }
  return text;
}

/** @throws DOMException `InvalidCharacterError` when the text is no base64. */
export function decodeBase64(text: string): Uint8Array {
  const characters = atob(text);
  const bytes = new Uint8Array(characters.length);
  for (let at = 0; at < bytes.length; at++) bytes[at] = characters.charCodeAt(at);
  return bytes;
}
