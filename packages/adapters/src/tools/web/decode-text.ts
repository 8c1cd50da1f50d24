/** How far a page may name its character set, in bytes. Source: HTML standard, section 13.2.3.2. */
const prescanBytes = 1024;

/**
 * Reads bytes as text: in the character set of a byte order mark, of the content type, of a page's `<meta>`, else as
 * UTF-8, else as Windows-1252.
 *
 * @param contentType - Value of the header.
 */
export function decodeText(bytes: Uint8Array, contentType?: string): string {
  const label = markedCharset(bytes) ?? charsetOf(contentType ?? "") ?? charsetOf(head(bytes));
  const decoder = label === undefined ? undefined : decoderFor(label);
  if (decoder) return decoder.decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    // A cut may have split the last character: that alone does not make it another character set.
    return isUtf8ButForItsEnd(bytes) ? new TextDecoder().decode(bytes) : new TextDecoder("windows-1252").decode(bytes);
  }
}

function markedCharset(bytes: Uint8Array): string | undefined {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return "utf-8";
  if (first === 0xff && second === 0xfe) return "utf-16le";
  return first === 0xfe && second === 0xff ? "utf-16be" : undefined;
}

function charsetOf(text: string): string | undefined {
  return /charset\s{0,9}=\s{0,9}["']?([\w.:-]{1,40})/i.exec(text)?.[1];
}

/** Where a page says its own character set, in characters that all of them share. */
function head(bytes: Uint8Array): string {
  const start = new TextDecoder("windows-1252").decode(bytes.subarray(0, prescanBytes));
  const tag = /<meta\s[^>]{0,200}charset[^>]{0,80}/i.exec(start)?.[0] ?? "";
  // What could be read up to here is no UTF-16, whatever it says (same section).
  return /utf-16/i.test(tag) ? "" : tag;
}

function decoderFor(label: string): TextDecoder | undefined {
  try {
    return new TextDecoder(label);
  } catch {
    return undefined;
  }
}

function isUtf8ButForItsEnd(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}
