import type { JsonSchema, JsonValue, ObjectSchema, ToolAnnotations } from "@smoltools/core";
import type { ManifestSource } from "./manifest-source.ts";
import type { Permissions } from "./permissions.ts";

/** The file that describes a package. */
export const manifestName = "tool.json";

/** A call of a tool with its result, for people and for checks. */
export interface ToolExample {
  input: JsonValue;
  output?: JsonValue;
}

/** One tool of a package, as its manifest declares it. */
export interface ManifestTool {
  name: string;
  description: string;
  inputSchema: ObjectSchema;
  outputSchema?: JsonSchema;
  annotations?: ToolAnnotations;
  examples?: ToolExample[];
}

/** What a package needs to run: a JavaScript engine alone, Node.js, or Python. */
export type PackageRuntime = "js" | "node" | "python";

/** A file of a package. */
export interface ManifestFile {
  /** In bytes. */
  size: number;
  /** 64 hexadecimal digits. */
  sha256: string;
}

/** `tool.json`: everything about a package that can be known without running it. */
export interface Manifest {
  schemaVersion: 1;
  /** `owner/name`. */
  name: string;
  /** Semantic version, without a leading `v`. */
  version: string;
  description: string;
  /** SPDX expression. */
  license?: string;
  keywords?: string[];
  /** What this version brings, for people: Markdown of at most 20,000 characters. */
  notes?: string;
  tools: ManifestTool[];
  /** Path of the ES module that holds the tools. */
  entry: string;
  runtime: PackageRuntime;
  engines: { smoltools: string };
  permissions: Permissions;
  /** Where its tools come from, when it was converted. */
  source?: ManifestSource;
  /** The public keys that sign it, in `tool.json.sig`: `smoltools-ed25519 <base64>`. */
  signers?: string[];
  /** Every file of the package but `tool.json` and its signature. */
  files: Record<string, ManifestFile>;
  /** `sha512-` and base64, over the canonical JSON of the manifest without this member. */
  integrity: string;
}
