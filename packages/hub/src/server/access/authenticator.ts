import type { HubAccounts } from "../accounts/accounts.ts";
import type { AccountsData, TokenAccount } from "../accounts/accounts-data.ts";
import type { LastUsed } from "../accounts/last-used.ts";
import { hashToken } from "../accounts/new-token.ts";
import type { TokenRegistry } from "./token-registry.ts";
import type { Viewer } from "./viewer.ts";

/** Longest token that is looked at. */
const maxTokenLength = 200;

/** Tells whose a token is: one of the options of the server, or one of the accounts in its folder. */
export class Authenticator {
  readonly #fixed: TokenRegistry;
  readonly #accounts: HubAccounts;
  readonly #lastUsed: LastUsed;
  readonly #onNoteFailed: (error: unknown) => void;
  readonly #noting = new Set<Promise<void>>();
  #index: { data: Readonly<AccountsData>; byHash: ReadonlyMap<string, TokenAccount> } | undefined;

  /** @param onNoteFailed - Is told when the day of a token's last use could not be noted. */
  constructor(fixed: TokenRegistry, accounts: HubAccounts, lastUsed: LastUsed, onNoteFailed: (error: unknown) => void) {
    this.#fixed = fixed;
    this.#accounts = accounts;
    this.#lastUsed = lastUsed;
    this.#onNoteFailed = onNoteFailed;
  }

  /** Whose token this is; `undefined` for one that is unknown, revoked or over. */
  async find(token: string): Promise<Viewer | undefined> {
    if (token.length > maxTokenLength) return undefined;
    const fixed = this.#fixed.find(token);
    if (fixed) return fixed;
    const data = await this.#accounts.read();
    const account = this.#byHash(data).get(hashToken(token));
    if (!account || (account.expiresAt !== undefined && Date.parse(account.expiresAt) <= Date.now())) return undefined;
    const viewer = viewerOf(data, account);
    // Nobody waits for the note.
    if (viewer) this.#note(account.id);
    return viewer;
  }

  /** Waits until every use is noted. */
  async flush(): Promise<void> {
    await Promise.all(this.#noting);
  }

  #note(id: string): void {
    const noting = this.#lastUsed
      .note(id)
      .catch(this.#onNoteFailed)
      .finally(() => this.#noting.delete(noting));
    this.#noting.add(noting);
  }

  #byHash(data: Readonly<AccountsData>): ReadonlyMap<string, TokenAccount> {
    if (this.#index?.data !== data) {
      this.#index = { data, byHash: new Map(data.tokens.map((token) => [token.hash, token])) };
    }
    return this.#index.byHash;
  }
}

function viewerOf(data: Readonly<AccountsData>, token: TokenAccount): Viewer | undefined {
  const user = data.users.find(({ name }) => name === token.user);
  if (!user) return undefined;
  const memberships = data.orgs.flatMap(({ name, members }) =>
    members.filter((member) => member.user === user.name).map(({ role }) => ({ name, role })),
  );
  return {
    name: user.name,
    role: token.role === "admin" && user.role !== "admin" ? "write" : token.role,
    orgs: memberships.map(({ name }) => name),
    readOnlyOrgs: memberships.filter(({ role }) => role === "read").map(({ name }) => name),
    ...(token.namespaces && { scope: token.namespaces }),
    token: { id: token.id, name: token.name, createdAt: token.createdAt },
  };
}
