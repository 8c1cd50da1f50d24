import { randomBytes } from "node:crypto";
import { HubServerError } from "../hub-server-error.ts";
import { namespaceProblem } from "../repo/repo-key.ts";
import type {
  AccountsData,
  MemberRole,
  OrgAccount,
  TokenAccount,
  TokenRole,
  UserAccount,
  UserRole,
} from "./accounts-data.ts";
import { AccountsFile } from "./accounts-file.ts";
import { hashToken, newToken } from "./new-token.ts";

/** A token to make. */
export interface NewToken {
  user: string;
  /** What it is for; 1 to 100 characters. */
  name: string;
  role: TokenRole;
  /** The only namespaces that it is good for. Default: all of the user's. */
  namespaces?: readonly string[];
  /** When it ends. Default: never. */
  expiresAt?: Date;
}

/** How a name is taken. */
export interface TakeOver {
  /** Also a name of a user or organization that was removed, with the repos that are still there. @default false */
  takeOver?: boolean;
}

/**
 * Users, organizations and tokens of a hub, in its data folder. A running hub sees a change at the next request, so
 * this may be used beside it, from another process.
 *
 * Every method throws HubServerError: `HUB_BAD_REQUEST` for what cannot be, `HUB_ALREADY_EXISTS`,
 * `HUB_ACCOUNT_NOT_FOUND`, `HUB_STORAGE_BROKEN`, or `HUB_BUSY` when another process changes the accounts for long.
 */
export class HubAccounts {
  readonly #file: AccountsFile;

  /** @param root - The data folder of the hub. */
  constructor(root: string) {
    this.#file = new AccountsFile(root);
  }

  /** All accounts as they are now; not to be changed. */
  read(): Promise<Readonly<AccountsData>> {
    return this.#file.read();
  }

  /**
   * Adds a user. Names of users and organizations differ in more than upper and lower case.
   *
   * @param options - `takeOver`: the name may be one of a user or organization that was removed, whose repos are the new
   *   user's then, private ones included.
   */
  addUser(name: string, role: UserRole = "member", options: TakeOver = {}): Promise<UserAccount> {
    return this.#file.change((data) => {
      takeName(data, name, options);
      const user: UserAccount = { name, role, createdAt: new Date().toISOString() };
      data.users.push(user);
      return user;
    });
  }

  /** Removes a user, their tokens and their memberships. Their repos stay, and nobody gets the name by mistake. */
  removeUser(name: string): Promise<void> {
    return this.#file.change((data) => {
      data.users.splice(data.users.indexOf(findUser(data, name)), 1);
      data.tokens = data.tokens.filter(({ user }) => user !== name);
      for (const org of data.orgs) org.members = org.members.filter(({ user }) => user !== name);
      keepName(data, name);
    });
  }

  /** Makes a user an admin of the hub, or a plain member. Admin tokens of a member count as write tokens. */
  setUserRole(name: string, role: UserRole): Promise<void> {
    return this.#file.change((data) => {
      findUser(data, name).role = role;
    });
  }

  /** Adds an organization without members. The name is as for {@link addUser}. */
  addOrg(name: string, options: TakeOver = {}): Promise<OrgAccount> {
    return this.#file.change((data) => {
      takeName(data, name, options);
      const org: OrgAccount = { name, members: [], createdAt: new Date().toISOString() };
      data.orgs.push(org);
      return org;
    });
  }

  /** Removes an organization. Its repos stay, for admins. */
  removeOrg(name: string): Promise<void> {
    return this.#file.change((data) => {
      data.orgs.splice(data.orgs.indexOf(findOrg(data, name)), 1);
      keepName(data, name);
    });
  }

  /**
   * Makes a user a member of an organization, changes what they may do there, or ends the membership.
   *
   * @param role - `undefined` ends it.
   */
  setMember(org: string, user: string, role: MemberRole | undefined): Promise<void> {
    return this.#file.change((data) => {
      const account = findOrg(data, org);
      findUser(data, user);
      account.members = account.members.filter((member) => member.user !== user);
      if (role) account.members.push({ user, role });
    });
  }

  /**
   * Makes a token.
   *
   * @returns The token, which is kept nowhere and cannot be had again, and what is kept of it.
   */
  createToken(wanted: NewToken): Promise<{ token: string; account: TokenAccount }> {
    return this.#file.change((data) => {
      const { user, name, role, namespaces, expiresAt } = wanted;
      checkToken(findUser(data, user), wanted);
      const token = newToken();
      const account: TokenAccount = {
        id: randomBytes(6).toString("hex"),
        hash: hashToken(token),
        user,
        name,
        role,
        ...(namespaces && { namespaces: [...namespaces] }),
        createdAt: new Date().toISOString(),
        ...(expiresAt && { expiresAt: expiresAt.toISOString() }),
      };
      data.tokens.push(account);
      return { token, account };
    });
  }

  /** Ends a token, by its id. */
  revokeToken(id: string): Promise<TokenAccount> {
    return this.#file.change((data) => {
      const account = data.tokens.find((token) => token.id === id);
      if (!account) throw new HubServerError("HUB_ACCOUNT_NOT_FOUND", `There is no token ${JSON.stringify(id)}.`);
      data.tokens.splice(data.tokens.indexOf(account), 1);
      return account;
    });
  }
}

function findUser(data: AccountsData, name: string): UserAccount {
  const user = data.users.find((account) => account.name === name);
  if (user) return user;
  throw new HubServerError("HUB_ACCOUNT_NOT_FOUND", `There is no user ${JSON.stringify(name)}.`);
}

function findOrg(data: AccountsData, name: string): OrgAccount {
  const org = data.orgs.find((account) => account.name === name);
  if (org) return org;
  throw new HubServerError("HUB_ACCOUNT_NOT_FOUND", `There is no organization ${JSON.stringify(name)}.`);
}

function keepName(data: AccountsData, name: string): void {
  data.removed = [...(data.removed ?? []), name.toLowerCase()].sort();
}

function takeName(data: AccountsData, name: string, { takeOver = false }: TakeOver): void {
  const problem = namespaceProblem(name);
  if (problem) throw new HubServerError("HUB_BAD_REQUEST", `The name ${JSON.stringify(name)} ${problem}.`);
  const taken = [...data.users, ...data.orgs].find((account) => account.name.toLowerCase() === name.toLowerCase());
  if (taken) throw new HubServerError("HUB_ALREADY_EXISTS", `The name ${taken.name} is taken.`);
  if (data.removed?.includes(name.toLowerCase()) !== true) return;
  if (!takeOver) {
    throw new HubServerError(
      "HUB_ALREADY_EXISTS",
      `${name} was removed, and whoever gets the name gets the repos that are left, private ones included. If that is ` +
        "meant, say so: --take-over, or takeOver in a program.",
    );
  }
  data.removed = data.removed.filter((other) => other !== name.toLowerCase());
}

function checkToken(user: UserAccount, { name, role, namespaces = [], expiresAt }: NewToken): void {
  const bad = (problem: string) => new HubServerError("HUB_BAD_REQUEST", `The token cannot be made: ${problem}.`);
  if (name.trim() === "" || name.length > 100 || /\p{Cc}/u.test(name)) throw bad("its name has 1 to 100 characters");
  if (role === "admin" && user.role !== "admin") throw bad(`${user.name} is not an admin of the hub`);
  for (const namespace of namespaces) {
    const problem = namespaceProblem(namespace);
    if (problem) throw bad(`the namespace ${JSON.stringify(namespace)} ${problem}`);
  }
  if (expiresAt && !(expiresAt.getTime() > Date.now())) throw bad("it would have expired already");
}
