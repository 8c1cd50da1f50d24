import { namespaceProblem } from "../repo/repo-key.ts";
import { isObject } from "../../shared/is-object.ts";
import { parseJson } from "../../shared/parse-json.ts";

/** What a token may do: see, change what its user may change, or, for admins of the hub, everything. */
export type TokenRole = "read" | "write" | "admin";

/** What a user is to the hub: an admin sees and changes everything. */
export type UserRole = "member" | "admin";

/** What a member may do with the repos of an organization. */
export type MemberRole = "read" | "write";

/** A user. The name is also the namespace of their own repos. */
export interface UserAccount {
  name: string;
  role: UserRole;
  /** ISO 8601, UTC. */
  createdAt: string;
}

/** An organization: a namespace of several users. */
export interface OrgAccount {
  name: string;
  members: { user: string; role: MemberRole }[];
  /** ISO 8601, UTC. */
  createdAt: string;
}

/** A token, without the token itself. */
export interface TokenAccount {
  /** 12 hexadecimal digits that name it: in lists, to revoke it, and in the audit log. */
  id: string;
  /** SHA-256 of the token in hexadecimal. */
  hash: string;
  user: string;
  /** What it is for. */
  name: string;
  role: TokenRole;
  /** The only namespaces that it is good for; absent: all of its user's. */
  namespaces?: string[];
  /** ISO 8601, UTC. */
  createdAt: string;
  /** ISO 8601, UTC; absent: never. */
  expiresAt?: string;
}

/** All accounts of a hub: the content of `accounts/accounts.json`. */
export interface AccountsData {
  schemaVersion: 1;
  users: UserAccount[];
  orgs: OrgAccount[];
  tokens: TokenAccount[];
  /** Names of users and organizations that were removed, in lower case: repos of theirs may still be there. */
  removed?: string[];
}

/** The accounts of a new hub. */
export const noAccounts: AccountsData = { schemaVersion: 1, users: [], orgs: [], tokens: [] };

/** Reads the file of the accounts; `undefined` when it is not one. */
export function parseAccounts(text: string): AccountsData | undefined {
  const value = parseJson(text);
  return isAccounts(value) ? value : undefined;
}

function isAccounts(value: unknown): value is AccountsData {
  if (!isObject(value) || value["schemaVersion"] !== 1) return false;
  const removed = value["removed"];
  if (removed !== undefined && !isList(removed, isName)) return false;
  return isList(value["users"], isUser) && isList(value["orgs"], isOrg) && isList(value["tokens"], isToken);
}

function isUser(value: unknown): value is UserAccount {
  return isObject(value) && isName(value["name"]) && isOneOf(value["role"], "member", "admin");
}

function isOrg(value: unknown): value is OrgAccount {
  const isMember = (member: unknown) =>
    isObject(member) && isName(member["user"]) && isOneOf(member["role"], "read", "write");
  return isObject(value) && isName(value["name"]) && isList(value["members"], isMember);
}

function isToken(value: unknown): value is TokenAccount {
  if (!isObject(value)) return false;
  const { id, hash, user, name, role, namespaces, expiresAt } = value;
  return (
    typeof id === "string" &&
    typeof hash === "string" &&
    /^[0-9a-f]{64}$/.test(hash) &&
    isName(user) &&
    typeof name === "string" &&
    isOneOf(role, "read", "write", "admin") &&
    (namespaces === undefined || isList(namespaces, isName)) &&
    // An end that cannot be read must not become "never".
    (expiresAt === undefined || (typeof expiresAt === "string" && !Number.isNaN(Date.parse(expiresAt))))
  );
}

function isList(value: unknown, isItem: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(isItem);
}

function isName(value: unknown): value is string {
  return typeof value === "string" && namespaceProblem(value) === undefined;
}

function isOneOf(value: unknown, ...options: string[]): boolean {
  return typeof value === "string" && options.includes(value);
}
