import { PackageError } from "../errors/package-error.ts";

/** Longest text, in characters. */
const maxLength = 1000;

/**
 * Checks a text that everybody will read who uses a package: one line, and nothing that garbles it.
 *
 * @param what - What it is, for the error.
 * @throws PackageError `REGISTRY_INVALID`.
 */
export function noticeText(text: string, what: string): string {
  const trimmed = text.trim();
  if (trimmed !== "" && trimmed.length <= maxLength && !/(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}]/u.test(trimmed))
    return trimmed;
  throw new PackageError(`The ${what} has to be one line of 1 to ${maxLength} characters`, {
    code: "REGISTRY_INVALID",
    data: { length: trimmed.length },
  });
}
