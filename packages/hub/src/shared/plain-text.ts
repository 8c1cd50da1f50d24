import { shorten } from "./shorten.ts";

/**
 * A text of a stranger on one line of a message: without commands to a terminal, letters that turn the direction of
 * writing, and more length than a message needs.
 */
export function plainText(text: string, maxLength = 300): string {
  return shorten(text.replace(/[\s\p{Cc}\p{Cf}]+/gu, " ").trim(), maxLength);
}
