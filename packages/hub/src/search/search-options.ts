import type { RepoType } from "../ref/ref.ts";
import type { ToolFacts } from "../shared/tool-facts.ts";

/** What packages are searched for, beside words. All conditions hold together. */
export interface SearchOptions {
  /** Tags or keywords that a package has, all of them; `agent` finds agents, `tool` packages of tools. */
  tags?: readonly string[];
  /** Owner of the packages. */
  owner?: string;
  /** Type of the repos. Default on the Hugging Face Hub: `"space"`; on an embedded hub: every type. */
  repoType?: RepoType;
  /**
   * What some tool of the package takes: a type (`"image"`, `"number"`, `"string[]"`), the name of a parameter
   * (`"city"`), or both (`"city:string"`). All of them.
   */
  inputs?: readonly string[];
  /** What some tool gives back, in the same forms. */
  outputs?: readonly string[];
  /** Permissions that it asks for: a kind (`"net"`), one in full (`"net:api.example.com"`), or `"none"`. */
  permissions?: readonly string[];
  /** What it needs to run: `"js"`, `"node"` or `"python"`. */
  runtime?: string;
  /** Most packages that are found. @default 100 */
  limit?: number;
  /**
   * Most packages whose manifest is read where the hub cannot search for what is in manifests. @default 200
   */
  maxManifests?: number;
  /** Is told once, before the first package, how many there are and of which kinds; by embedded hubs only. */
  onSummary?: (summary: SearchSummary) => void;
  signal?: AbortSignal | undefined;
}

/** How many packages have a value. */
export interface FacetCount {
  value: string;
  count: number;
}

/** How many packages were found, and by what they can be narrowed down. */
export interface SearchSummary {
  total: number;
  facets: Record<"tag" | "owner" | "runtime" | "permission", FacetCount[]>;
}

/** A package that was found. */
export interface FoundPackage {
  repoType: RepoType;
  /** `owner/name`. */
  repo: string;
  tags: string[];
  private: boolean;
  /** ISO 8601, UTC. */
  lastModified: string;
  /** How well it fits the words, the more the better; from embedded hubs. */
  score?: number;
  /** It is the package of an agent, of whose tools only the names are known. */
  kind?: "agent";
  /** What its newest version declares; absent where no manifest was read. */
  version?: string;
  description?: string;
  keywords?: string[];
  license?: string;
  runtime?: string;
  permissions?: string[];
  tools?: ToolFacts[];
  /** Why something else should be used. */
  deprecated?: string;
}
