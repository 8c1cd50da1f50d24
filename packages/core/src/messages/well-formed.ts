const loneSurrogate = /\p{Surrogate}/gu;
const escapedSurrogate = /\\ud[89a-f]/i;

/** The text with U+FFFD in place of each half of a surrogate pair that stands alone: providers refuse those. */
export function wellFormed(text: string): string {
  return text.replace(loneSurrogate, "\ufffd");
}

/**
 * JSON text without halves of surrogate pairs that stand alone, written out or escaped.
 *
 * @throws SyntaxError for what is no JSON and has escapes of surrogates in it.
 */
export function wellFormedJson(json: string): string {
  const text = wellFormed(json);
  if (!escapedSurrogate.test(text)) return text;
  return JSON.stringify(
    JSON.parse(text, (_, value: unknown) => (typeof value === "string" ? wellFormed(value) : value)),
  );
}
