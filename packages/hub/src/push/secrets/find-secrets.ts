import { sha256 } from "../../integrity/hash.ts";
import { secretFileName } from "./secret-file-name.ts";
import type { SecretFinding } from "./secret-finding.ts";
import { looksRandom, secretRules } from "./secret-rules.ts";

/** Most findings of one file: one that is full of them need not be listed to its end. */
const maxFindings = 50;

/**
 * Looks for secrets in the files of a package: by the names of files, by the forms of tokens and keys, and by the
 * values of the given secrets themselves.
 *
 * @param known - Secrets to look for word for word, by what they are called.
 */
export function findSecrets(
  files: Iterable<readonly [path: string, bytes: Uint8Array]>,
  known: ReadonlyMap<string, string> = new Map(),
): SecretFinding[] {
  return [...files].flatMap(([path, bytes]) => findInFile(path, bytes, known).slice(0, maxFindings));
}

function findInFile(path: string, bytes: Uint8Array, known: ReadonlyMap<string, string>): SecretFinding[] {
  // One character for each byte: no file fails to decode, and everything that is looked for is ASCII.
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
  const findings: SecretFinding[] = [];
  const kind = secretFileName(path, text);
  if (kind !== undefined) findings.push({ path, rule: "file-name", excerpt: kind, fingerprint: fingerprint(path) });
  const found = new Set<string>();
  for (const [name, value] of known) {
    const at = text.indexOf(Buffer.from(value).toString("latin1"));
    if (at === -1) continue;
    found.add(value);
    // Not of the value: what a person chose could be guessed from its hash.
    const print = fingerprint(`${path}\0${name}`);
    findings.push({
      path,
      line: lineAt(text, at),
      rule: "known-secret",
      excerpt: `the value of ${name}`,
      fingerprint: print,
    });
  }
  for (const { id, pattern, accepts = looksRandom } of secretRules) {
    for (const match of text.matchAll(pattern)) {
      const secret = match.groups?.["secret"] ?? match[0];
      if (found.has(secret) || !accepts(secret)) continue;
      const at = match.index + match[0].indexOf(secret);
      findings.push({
        path,
        line: lineAt(text, at),
        rule: id,
        excerpt: masked(secret),
        fingerprint: fingerprint(secret),
      });
      if (findings.length >= maxFindings) return findings;
    }
  }
  return findings;
}

/** The kind of secret can be told from its first characters, the secret cannot. */
function masked(secret: string): string {
  return `${secret.slice(0, 4)}… (${secret.length} characters)`;
}

function fingerprint(text: string): string {
  return sha256(text).slice(0, 16);
}

function lineAt(text: string, index: number): number {
  let line = 1;
  for (let at = text.indexOf("\n"); at !== -1 && at < index; at = text.indexOf("\n", at + 1)) line++;
  return line;
}
