import { readFile } from "node:fs/promises";
import { errorMessage } from "@smoltools/core";
import {
  createKey,
  defaultTrustFile,
  type KeyOwner,
  keysOf,
  listKeys,
  parsePublicKey,
  readKey,
  revokeKey,
  trustKey,
  TrustFile,
  untrustKey,
} from "@smoltools/hub";
import type { CommandContext } from "../cli/command.ts";
import { hubOf } from "../cli/hub/hub-address.ts";
import { textOption } from "../cli/line/option-values.ts";
import { printable } from "../cli/output/printable.ts";
import { showTable } from "../cli/output/show-table.ts";
import { UsageError } from "../cli/errors/usage-error.ts";

/** `smoltools keys create` */
export async function create({ out, env, positionals: [name = ""] }: CommandContext): Promise<void> {
  const { id, text } = await createKey(name, { env });
  out.line(`${out.style("green", "created")} ${name} ${id}`);
  out.verbatim(`${text} ${name}`);
  if (!env["SMOLTOOLS_KEY_PASSPHRASE"]) {
    out.note("The key is not encrypted: with SMOLTOOLS_KEY_PASSPHRASE set, smoltools keys create makes one that is.");
  }
  out.result({ name, id, publicKey: text });
}

/** `smoltools keys list` */
export async function list({ out, env }: CommandContext): Promise<void> {
  const names = await listKeys({ env });
  const own = await Promise.all(names.map((name) => ownKey(name, env)));
  const { owners, revoked } = await new TrustFile(defaultTrustFile(env)).read();
  const trusted = owners.flatMap(({ hub, owner, keys }) =>
    keys.map(({ key, by, from, notAfter }) => ({ hub, owner, id: parsePublicKey(key).id, by, from, notAfter })),
  );
  out.line(own.length === 0 ? "no keys of your own" : "keys of your own");
  showTable(
    out,
    own.map(({ name, id, problem }) => [`  ${name}`, id ?? printable(problem ?? "")]),
  );
  out.line(trusted.length === 0 ? "no trusted keys" : "trusted keys");
  showTable(
    out,
    trusted.map(({ hub, owner, id, by, from, notAfter }) => {
      const until = notAfter === undefined ? "" : `, until ${notAfter}`;
      const state = revoked.includes(id) ? "revoked" : by + (from === undefined ? "" : `, ${from}`) + until;
      return [`  ${owner} on ${new URL(hub).host}`, id, printable(state)];
    }),
  );
  out.result({ keys: own, trusted, revoked });
}

/** A key that cannot be opened is listed too. */
async function ownKey(
  name: string,
  env: CommandContext["env"],
): Promise<{ name: string; id?: string; publicKey?: string; problem?: string }> {
  try {
    const { publicKey } = await readKey(name, { env });
    return { name, id: publicKey.id, publicKey: publicKey.text };
  } catch (error) {
    return { name, problem: errorMessage(error) };
  }
}

/** `smoltools keys export` */
export async function exportKey({ out, env, positionals: [name = ""] }: CommandContext): Promise<void> {
  const { publicKey } = await readKey(name, { env });
  out.verbatim(`${publicKey.text} ${name}`);
  out.result({ name, id: publicKey.id, publicKey: publicKey.text });
}

/** `smoltools keys trust` */
export async function trust(context: CommandContext): Promise<void> {
  const {
    out,
    env,
    positionals: [owner = "", given = ""],
  } = context;
  const whose = ownerOn(context, owner);
  const text = given.startsWith("smoltools-ed25519") ? given : await readFile(given, "utf8").catch(notThere(given));
  const { id } = parsePublicKey(text);
  const until = textOption(context, "until");
  await new TrustFile(defaultTrustFile(env)).update((data) => trustKey(data, whose, text, until));
  out.line(`${out.style("green", "trusted")} ${id} as a key of ${owner} on ${new URL(whose.hub).host}`);
  out.result({ ...whose, id, ...(until !== undefined && { notAfter: until }) });
}

/** `smoltools keys untrust` */
export async function untrust(context: CommandContext): Promise<void> {
  const {
    out,
    env,
    positionals: [owner = "", id],
  } = context;
  const whose = ownerOn(context, owner);
  const file = new TrustFile(defaultTrustFile(env));
  await file.update((data) => untrustKey(data, whose, id));
  const left = keysOf(await file.read(), whose).length;
  out.line(`${id ?? `the keys of ${owner}`} no longer trusted: ${left} left`);
  if (left === 0) out.note(`The next signed package of ${owner} pins its key. To refuse a key for ever, revoke it.`);
  out.result({ ...whose, left });
}

/** `smoltools keys revoke` */
export async function revoke({ out, env, positionals: [id = ""] }: CommandContext): Promise<void> {
  await new TrustFile(defaultTrustFile(env)).update((data) => revokeKey(data, id));
  out.line(`${out.style("green", "revoked")} ${id}`);
  out.result({ id });
}

function ownerOn(context: CommandContext, owner: string): KeyOwner {
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,95}$/.test(owner)) {
    throw new UsageError(`"${owner}" is not the name of an owner: it is what stands before the / in owner/name`);
  }
  return { hub: hubOf(context).url, owner };
}

function notThere(path: string): (error: unknown) => never {
  return () => {
    throw new UsageError(`"${path}" is neither a public key nor a file with one`);
  };
}
