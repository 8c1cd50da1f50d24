/** Names of variables that hold secrets. */
const secretName = /TOKEN|SECRET|PASSWORD|PASSWD|PASSPHRASE|CREDENTIAL|(?:API|ACCESS|PRIVATE|AUTH)_?KEY/i;

/** Shortest value that is looked for, in characters: shorter ones stand in any text. */
const minLength = 8;

/**
 * The values of an environment that must not be published, by the names of their variables.
 *
 * What is an ordinary word, a number, an address or a path is left out: it would be found everywhere.
 */
export function environmentSecrets(env: Readonly<Record<string, string | undefined>>): Map<string, string> {
  const secrets = new Map<string, string>();
  for (const [name, value = ""] of Object.entries(env)) {
    const telling = value.length >= minLength && !/^(?:[a-z]+|[A-Z]+|[0-9.]+|\/.*|https?:.*)$/s.test(value);
    if (telling && secretName.test(name)) secrets.set(name, value);
  }
  return secrets;
}
