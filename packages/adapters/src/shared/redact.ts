/** Shorter texts occur by chance, and no provider gives out keys that short. */
const shortestSecret = 8;

/**
 * Makes a function that takes secrets out of texts.
 *
 * @param secrets - Keys and header values that were sent; the key of `Bearer key` and of `name=key` counts as well.
 */
export function redactor(secrets: readonly string[]): (text: string) => string {
  const known = secrets
    .flatMap((secret) => [secret, ...secretsWithin(secret)])
    .filter((secret) => secret.length >= shortestSecret)
    .sort((a, b) => b.length - a.length);
  return (text) => {
    let redacted = text;
    for (const secret of known) redacted = redacted.replaceAll(secret, "[redacted]");
    return redacted.replace(/\b(Bearer|Basic)\s+[\w.~+/=-]{8,}/gi, "$1 [redacted]");
  };
}

/** Servers repeat the secret alone: a header's value without its scheme, a cookie's without its name. */
function secretsWithin(value: string): string[] {
  const scheme = /^(?:Bearer|Basic|Token|Key|Api-?Key)\s+(.+)$/i.exec(value)?.[1];
  const named = [...value.matchAll(/=([^\s;,="]+)/g)].map(([, secret = ""]) => secret);
  return scheme === undefined ? named : [scheme, ...named];
}
