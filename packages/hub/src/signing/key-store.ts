import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { SignatureError } from "../errors/signature-error.ts";
import { configFolder } from "./config-folder.ts";
import { readPrivateFile, writePrivateFile } from "./private-file.ts";
import { type PublicKey, publicKeyOf } from "./public-key.ts";
import { unlessMissing } from "../shared/has-code.ts";

/** Where keys are, and what opens them. */
export interface KeyStoreOptions {
  /** Folder of the key files. @default `keys` in the folder of `SMOLTOOLS_HOME`, else `~/.config/smoltools` */
  keysDir?: string;
  /** Opens keys that are encrypted, and encrypts those that are made. @default SMOLTOOLS_KEY_PASSPHRASE of `env` */
  passphrase?: string;
  /** @default process.env */
  env?: Readonly<Record<string, string | undefined>>;
}

/** A key that signs. */
export interface PrivateKey {
  key: KeyObject;
  publicKey: PublicKey;
}

const namePattern = /^[a-z0-9][a-z0-9._-]{0,63}$/;
const extension = ".pem";

/** What passphrases are turned into keys with. Source: the encryption that OpenSSL and Node.js share for PKCS #8. */
const cipher = "aes-256-cbc";

/**
 * Makes a key, and keeps it in a file that only its owner can read: PKCS #8 in PEM, encrypted if there is a passphrase.
 *
 * @throws SignatureError `KEY_EXISTS`: a key is never overwritten; `KEY_INVALID` for a bad name.
 */
export async function createKey(name: string, options: KeyStoreOptions = {}): Promise<PublicKey> {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const passphrase = passphraseOf(options);
  const pem = privateKey.export({ format: "pem", type: "pkcs8", ...(passphrase && { cipher, passphrase }) });
  const path = keyPath(name, options);
  if (!(await writePrivateFile(path, pem))) {
    throw new SignatureError(`There is a key "${name}" already, in ${path}: take another name`, {
      code: "KEY_EXISTS",
      data: { name },
    });
  }
  return publicKeyOf(publicKey);
}

/** The names of the keys that there are, sorted. */
export async function listKeys(options: KeyStoreOptions = {}): Promise<string[]> {
  const files = (await unlessMissing(readdir(keysFolder(options)))) ?? [];
  const names = files.filter((file) => file.endsWith(extension)).map((file) => file.slice(0, -extension.length));
  return names.filter((name) => namePattern.test(name)).sort();
}

/**
 * Reads a key.
 *
 * @throws SignatureError `KEY_NOT_FOUND`, or `KEY_INVALID` for a file that others can read, a wrong passphrase, or a key
 *   of another kind.
 */
export async function readKey(name: string, options: KeyStoreOptions = {}): Promise<PrivateKey> {
  const path = keyPath(name, options);
  const pem = await readPrivateFile(path);
  if (pem === undefined) {
    throw new SignatureError(
      `There is no key "${name}" in ${keysFolder(options)}: make it with smoltools keys create`,
      {
        code: "KEY_NOT_FOUND",
        data: { name },
      },
    );
  }
  const passphrase = passphraseOf(options);
  if (pem.includes("BEGIN ENCRYPTED PRIVATE KEY") && passphrase === undefined) {
    throw unreadable(name, path, "it is encrypted: set SMOLTOOLS_KEY_PASSPHRASE");
  }
  let key: KeyObject;
  try {
    key = createPrivateKey({ key: pem, format: "pem", ...(passphrase && { passphrase }) });
  } catch {
    // What the library says of it stays out: nobody knows what it quotes.
    throw unreadable(name, path, "it is damaged, or the passphrase is wrong");
  }
  if (key.asymmetricKeyType !== "ed25519") throw unreadable(name, path, "it is not an Ed25519 key");
  return { key, publicKey: publicKeyOf(createPublicKey(key)) };
}

function passphraseOf({ passphrase, env = process.env }: KeyStoreOptions): string | undefined {
  return passphrase ?? (env["SMOLTOOLS_KEY_PASSPHRASE"] || undefined);
}

function keysFolder({ keysDir, env }: KeyStoreOptions): string {
  return keysDir ?? join(configFolder(env), "keys");
}

function keyPath(name: string, options: KeyStoreOptions): string {
  if (namePattern.test(name)) return join(keysFolder(options), `${name}${extension}`);
  throw new SignatureError(
    `${JSON.stringify(name)} is not the name of a key: take up to 64 lower-case letters, digits, ".", "_" and "-"`,
    { code: "KEY_INVALID", data: { name } },
  );
}

function unreadable(name: string, path: string, why: string): SignatureError {
  return new SignatureError(`The key "${name}" in ${path} cannot be used: ${why}`, {
    code: "KEY_INVALID",
    data: { name },
  });
}
