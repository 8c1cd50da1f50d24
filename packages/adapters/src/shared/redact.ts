/** Shorter texts occur by chance, and no provider gives out keys that short. */
const shortestSecret = 8;

/**
 * Makes a function that takes secrets out of texts.
 *
 * @param secrets - Keys and header values that were sent.
 */
export function redactor(secrets: readonly string[]): (text: string) => string {
  const known = secrets.filter((secret) => secret.length >= shortestSecret).sort((a, b) => b.length - a.length);
  return (text) => {
    let redacted = text;
    for (const secret of known) redacted = redacted.replaceAll(secret, "[redacted]");
    return redacted.replace(/\b(Bearer|Basic)\s+[\w.~+/=-]{8,}/gi, "$1 [redacted]");
  };
}
