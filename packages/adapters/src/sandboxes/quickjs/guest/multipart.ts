import { TypeError } from "./builtins.ts";
import { Blob, File, joined } from "./blob.ts";
import { FormData } from "./form-data.ts";
import { ask, bytesToText, decode, textToBytes, utf8 } from "./services.ts";

/** A form as `multipart/form-data` (RFC 7578, with the escapes of the HTML standard), and its content type. */
export function writeMultipart(form: FormData): { bytes: Uint8Array; type: string } {
  const boundary = `----form-${(ask<string>("uuid", null) ?? "").replaceAll("-", "")}`;
  const parts: Uint8Array[] = [];
  for (const [name, value] of form) {
    const head = `--${boundary}\r\ncontent-disposition: form-data; name="${escape(withLineBreaks(name))}"`;
    if (value instanceof File) {
      const type = value.type || "application/octet-stream";
      parts.push(utf8(`${head}; filename="${escape(value.name)}"\r\ncontent-type: ${type}\r\n\r\n`));
      parts.push(Blob.bytesOf(value), utf8("\r\n"));
    } else {
      parts.push(utf8(`${head}\r\n\r\n${withLineBreaks(value)}\r\n`));
    }
  }
  parts.push(utf8(`--${boundary}--\r\n`));
  return { bytes: joined(parts), type: `multipart/form-data; boundary=${boundary}` };
}

/**
 * Reads `multipart/form-data`.
 *
 * @throws TypeError when the bytes are none.
 */
export function readMultipart(bytes: Uint8Array, contentType: string): FormData {
  const match = /;\s*boundary=(?:"([^"]+)"|([^\s;]+))/i.exec(contentType);
  const boundary = match?.[1] ?? match?.[2];
  // One character a byte: positions in the text are positions in the bytes.
  const text = `\r\n${bytesToText(bytes, "latin1")}`;
  const separator = `\r\n--${boundary}`;
  if (boundary === undefined || !text.startsWith(separator)) throw notMultipart();
  const form = new FormData();
  let start = separator.length;
  while (text.startsWith("\r\n", start)) {
    const content = text.indexOf("\r\n\r\n", start) + 4;
    const end = text.indexOf(separator, start);
    if (content < 4 || end < content) throw notMultipart();
    // The text has two characters more at its beginning.
    append(form, text.slice(start, content), bytes.subarray(content - 2, end - 2));
    start = end + separator.length;
  }
  if (!text.startsWith("--", start)) throw notMultipart();
  return form;
}

function append(form: FormData, latin1Head: string, content: Uint8Array): void {
  const head = decode(textToBytes(latin1Head, "latin1"), { encoding: "utf-8" }) ?? "";
  const name = /^content-disposition:.*?;\s*name="([^"]*)"/im.exec(head)?.[1];
  if (name === undefined) throw notMultipart();
  const fileName = /^content-disposition:.*?;\s*filename="([^"]*)"/im.exec(head)?.[1];
  if (fileName === undefined) return form.append(unescape(name), decode(content, { encoding: "utf-8" }) ?? "");
  const type = /^content-type:\s*(.*?)\s*$/im.exec(head)?.[1] ?? "text/plain";
  form.append(unescape(name), new File([content], unescape(fileName), { type }));
}

function notMultipart(): TypeError {
  return new TypeError("the body is not the multipart/form-data that its content-type says");
}

function withLineBreaks(text: string): string {
  return text.replace(/\r\n|\r|\n/g, "\r\n");
}

const escapes: readonly (readonly [character: string, escape: string])[] = [
  ["\n", "%0A"],
  ["\r", "%0D"],
  ['"', "%22"],
];

function escape(text: string): string {
  return escapes.reduce((result, [character, code]) => result.replaceAll(character, code), text);
}

function unescape(text: string): string {
  return escapes.reduce((result, [character, code]) => result.replaceAll(code, character), text);
}
