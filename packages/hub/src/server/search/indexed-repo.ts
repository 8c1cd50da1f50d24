import type { ToolFacts } from "../../shared/tool-facts.ts";
import type { RepoRecord } from "../storage/hub-storage.ts";
import { isObject } from "../../shared/is-object.ts";

/** What the index knows of the newest version of a package. */
export interface IndexedPackage {
  version: string;
  /** It is one of an agent; absent for one of tools. */
  kind?: "agent";
  description: string;
  keywords: string[];
  license?: string;
  runtime: string;
  /** Such as `net` and `net:api.example.com`; empty for packages that ask for nothing. */
  permissions: string[];
  tools: ToolFacts[];
  /** Why another package, or another version, should be used. */
  deprecated?: string;
}

/** What the index knows of a repo: enough to list it and to search for it. */
export interface IndexedRepo {
  record: RepoRecord;
  /** From what it was read: when it differs, the repo has changed. */
  stamp: string;
  /** The head of the default branch. */
  sha: string;
  /** When that was committed; ms since 1970. */
  committedAt: number;
  tags: string[];
  /** The front matter of README.md. */
  cardData: Record<string, unknown>;
  /** Absent for repos without a released version that has a manifest. */
  package?: IndexedPackage;
}

/** True for values that have the shape of an {@link IndexedRepo}, as far as the index relies on it. */
export function isIndexedRepo(value: unknown): value is IndexedRepo {
  if (!isObject(value) || !isObject(value["record"]) || !isObject(value["cardData"])) return false;
  const { type, namespace, name, id, createdAt, private: hidden } = value["record"];
  const texts = [type, namespace, name, id, createdAt, value["stamp"], value["sha"]];
  const tags = value["tags"];
  return (
    texts.every((text) => typeof text === "string") &&
    typeof hidden === "boolean" &&
    typeof value["committedAt"] === "number" &&
    Array.isArray(tags) &&
    tags.every((tag) => typeof tag === "string") &&
    (value["package"] === undefined || (isObject(value["package"]) && Array.isArray(value["package"]["tools"])))
  );
}
