/**
 * Says why a file should not be published, going by its name.
 *
 * @param path - Inside the package.
 * @param text - Its content; some files are only secret if something is in it.
 * @returns The kind of file; `undefined` for an ordinary one.
 */
export function secretFileName(path: string, text: string): string | undefined {
  const name = path.slice(path.lastIndexOf("/") + 1).toLowerCase();
  if (/^\.env(?:\.|$)/.test(name) && !/\.(?:example|sample|template|dist)$/.test(name))
    return "a file of environment variables";
  if (/^id_(?:rsa|dsa|ecdsa|ed25519)(?:_sk)?$/.test(name)) return "an SSH private key";
  if (/\.(?:pem|key|p12|pfx|p8|jks|keystore|kdbx|ppk)$/.test(name)) return "a file for keys";
  if ([".netrc", "_netrc", ".pypirc", ".git-credentials", ".htpasswd", ".pgpass"].includes(name))
    return "a file of passwords";
  if (name === ".npmrc" && /_(?:auth|authtoken|password)\s*=\s*"?[^\s"$]/i.test(text))
    return "a .npmrc with credentials";
  return undefined;
}
