import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { HubServerError } from "../hub-server-error.ts";
import { namespaceProblem } from "../repo/repo-key.ts";
import type { Viewer } from "./viewer.ts";

/** A token and whose it is. */
export interface HubToken {
  /** Starts with `hf_`, which the official JavaScript client demands. */
  token: string;
  /** The user: also the namespace of their own repos. */
  user: string;
  /** `read`: see; `write`: also change the repos of the user and of `orgs`; `admin`: see and change everything. */
  role: "read" | "write" | "admin";
  /** Further namespaces that the user belongs to. */
  orgs?: readonly string[];
}

/**
 * Knows the tokens of a hub by their keyed hashes only: neither a log nor a dump of an object shows one.
 */
export class TokenRegistry {
  /** New in each process, so that the hashes are of no use anywhere else. */
  readonly #key = randomBytes(32);
  readonly #known: { hash: Buffer; viewer: Viewer }[] = [];

  /** @throws HubServerError `HUB_BAD_OPTIONS` that says what is wrong, without the token. */
  constructor(tokens: readonly HubToken[]) {
    for (const [index, { token, user, role, orgs = [] }] of tokens.entries()) {
      const problem = tokenProblem(token) ?? userProblem([user, ...orgs]) ?? roleProblem(role);
      if (problem) throw new HubServerError("HUB_BAD_OPTIONS", `tokens[${index}]: ${problem}.`);
      if (this.find(token)) throw new HubServerError("HUB_BAD_OPTIONS", `tokens[${index}] is given twice.`);
      this.#known.push({ hash: this.#hash(token), viewer: { name: user, role, orgs: [...orgs] } });
    }
  }

  /** Whose token this is. Takes as long for a wrong token as for a right one. */
  find(token: string): Viewer | undefined {
    const hash = this.#hash(token);
    let found: Viewer | undefined;
    for (const known of this.#known) {
      if (timingSafeEqual(known.hash, hash)) found = known.viewer;
    }
    return found;
  }

  #hash(token: string): Buffer {
    return createHmac("sha256", this.#key).update(token).digest();
  }
}

function tokenProblem(token: string): string | undefined {
  return /^hf_[\x21-\x7e]+$/.test(token) ? undefined : "a token starts with 'hf_', and has no spaces";
}

function userProblem(names: readonly string[]): string | undefined {
  for (const name of names) {
    const problem = namespaceProblem(name);
    if (problem) return `the name ${JSON.stringify(name)} ${problem}`;
  }
  return undefined;
}

function roleProblem(role: string): string | undefined {
  return ["read", "write", "admin"].includes(role) ? undefined : `there is no role ${JSON.stringify(role)}`;
}
