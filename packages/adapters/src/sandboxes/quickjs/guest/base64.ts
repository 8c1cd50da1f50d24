import { String } from "./builtins.ts";
import { DOMException } from "./dom-exception.ts";
import { ask } from "./services.ts";

/** Decodes base64 to a text of which each character is one byte. */
export function atob(text: string): string {
  const decoded = ask<string>("atob", String(text));
  if (decoded === undefined)
    throw new DOMException("The string to be decoded is not correctly encoded.", "InvalidCharacterError");
  return decoded;
}

/** Encodes a text of which each character is one byte as base64. */
export function btoa(text: string): string {
  const encoded = ask<string>("btoa", String(text));
  if (encoded === undefined) throw new DOMException("Invalid character", "InvalidCharacterError");
  return encoded;
}
