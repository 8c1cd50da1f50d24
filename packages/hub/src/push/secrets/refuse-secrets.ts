import { PackageError } from "../../errors/package-error.ts";
import { environmentSecrets } from "./environment-secrets.ts";
import { findSecrets } from "./find-secrets.ts";

/** Findings that the message lists. */
const maxListed = 10;

/** Options of {@link refuseSecrets}. */
export interface SecretOptions {
  /** Fingerprints of findings that are no secrets. */
  allowed?: readonly string[];
  /** Variables whose values must not be published. */
  env?: Readonly<Record<string, string | undefined>>;
  /** The token for the hub. */
  token?: string | undefined;
}

/**
 * Refuses to publish files in which there are secrets.
 *
 * @throws PackageError `SECRET_FOUND` that lists file, line and kind, and never the secret.
 */
export function refuseSecrets(
  files: Iterable<readonly [path: string, bytes: Uint8Array]>,
  { allowed = [], env = {}, token }: SecretOptions,
): void {
  const known = environmentSecrets(token === undefined ? env : { ...env, HF_TOKEN: token });
  const findings = findSecrets(files, known).filter(({ fingerprint }) => !allowed.includes(fingerprint));
  if (findings.length === 0) return;
  const lines = findings.slice(0, maxListed).map(({ path, line, rule, excerpt, fingerprint }) => {
    const place = line === undefined ? path : `${path}:${line}`;
    return `- ${place} ${rule}: ${excerpt} [${fingerprint}]`;
  });
  if (findings.length > maxListed) lines.push(`- and ${findings.length - maxListed} more`);
  throw new PackageError(
    `What would be published holds ${findings.length === 1 ? "a secret" : `${findings.length} secrets`}:\n${lines.join("\n")}\n` +
      "Remove it, and revoke it if it was ever shared. What is no secret can be allowed by its fingerprint, in brackets",
    { code: "SECRET_FOUND", data: { findings } },
  );
}
