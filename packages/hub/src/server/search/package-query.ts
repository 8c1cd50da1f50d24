import { matchesValue } from "../../shared/tool-facts.ts";
import { HubServerError } from "../hub-server-error.ts";
import { type RepoType, repoTypes } from "../repo/repo-key.ts";
import type { IndexedPackage, IndexedRepo } from "./indexed-repo.ts";

/** What packages are searched for. All conditions hold together. */
export interface PackageQuery {
  /** Words in names, descriptions, keywords, tools and parameters; empty: every package. */
  text: string;
  type: RepoType | undefined;
  tags: string[];
  owner: string | undefined;
  /** Types or names of parameters, or both: `image`, `city`, `city:string`. */
  inputs: string[];
  /** The same of outputs. */
  outputs: string[];
  /** Such as `net` or `net:api.example.com`; `none` for packages that ask for nothing. */
  permissions: string[];
  runtime: string | undefined;
}

const maxText = 200;
const maxConditions = 20;

/** @throws HubServerError `HUB_BAD_REQUEST` that names the part that is wrong. */
export function readPackageQuery(query: URLSearchParams): PackageQuery {
  const text = (query.get("q") ?? "").trim();
  if (text.length > maxText) throw bad(`q is longer than ${maxText} characters`);
  const list = (name: string) => {
    const values = query.getAll(name).filter((value) => value !== "");
    if (values.length > maxConditions) throw bad(`${name} is given more than ${maxConditions} times`);
    return values;
  };
  const typeName = query.get("type") ?? "";
  const type = repoTypes.get(typeName) ?? [...repoTypes.values()].find((known) => known === typeName);
  if (typeName !== "" && !type) throw bad(`there is no type ${JSON.stringify(typeName.slice(0, 40))}`);
  return {
    text,
    type,
    tags: list("tag"),
    owner: query.get("owner")?.toLowerCase() || undefined,
    inputs: list("input"),
    outputs: list("output"),
    permissions: list("permission"),
    runtime: query.get("runtime") || undefined,
  };
}

/** True when a package has everything that is asked for, but for the words. */
export function matchesPackage(repo: IndexedRepo, found: IndexedPackage, query: PackageQuery): boolean {
  const { record, tags } = repo;
  return (
    (query.type === undefined || record.type === query.type) &&
    (query.owner === undefined || record.namespace.toLowerCase() === query.owner) &&
    (query.runtime === undefined || found.runtime === query.runtime) &&
    query.tags.every((tag) => tags.includes(tag) || found.keywords.includes(tag)) &&
    query.permissions.every((permission) => hasPermission(found, permission)) &&
    query.inputs.every((wanted) => found.tools.some((tool) => matchesValue(tool.inputs, wanted))) &&
    query.outputs.every((wanted) => found.tools.some((tool) => matchesValue(tool.outputs, wanted)))
  );
}

function hasPermission({ permissions }: IndexedPackage, wanted: string): boolean {
  return wanted === "none" ? permissions.length === 0 : permissions.includes(wanted);
}

function bad(problem: string): HubServerError {
  return new HubServerError("HUB_BAD_REQUEST", `The search cannot be done: ${problem}.`);
}
