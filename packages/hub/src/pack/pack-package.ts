import valid from "semver/functions/valid.js";
import { PackageError } from "../errors/package-error.ts";
import { sha256 } from "../integrity/hash.ts";
import { manifestIntegrity } from "../integrity/manifest-integrity.ts";
import { readManifest } from "../integrity/read-manifest.ts";
import {
  type Manifest,
  type ManifestFile,
  manifestName,
  type ManifestTool,
  type PackageRuntime,
} from "../manifest/manifest.ts";
import type { ManifestSource } from "../manifest/manifest-source.ts";
import { type Permissions, sortPermissions } from "../manifest/permissions.ts";
import { sourceCommand } from "../manifest/source-problem.ts";
import { repoNameProblem } from "../ref/repo-name.ts";
import { appFiles, pythonFiles } from "./python/python-files.ts";
import { packageReadme, type SpaceSdk } from "./package-readme.ts";
import { spacePage } from "./space-page.ts";

/** The path of the bundle in packages of JavaScript. */
export const entryPath = "dist/tool.mjs";

/** The path of the source in packages of Python. */
const pythonEntryPath = "tool.py";

/** What a package is made of. */
export interface PackInput {
  /** `owner/name`. */
  name: string;
  version: string;
  description: string;
  license?: string;
  keywords?: readonly string[];
  /** What this version brings, in Markdown. */
  notes?: string;
  tools: readonly ManifestTool[];
  permissions?: Partial<Permissions>;
  /** Where the tools come from, if they were converted. A program that it names has to be among `permissions.run`. */
  source?: ManifestSource;
  runtime: PackageRuntime;
  /** The bundled ES module; for `"python"` the file `tool.py`, which goes into the package as it is. */
  code: string | Uint8Array;
  /** The author's files, for people to read, by their path under `src/`. */
  sources: Readonly<Record<string, string>>;
  /** What a package of Python needs: lines of a `requirements.txt`. */
  requirements?: string;
  /** The author's README. */
  readme?: string;
  /**
   * What the package's Space shows: a page, or the app with which people, programs and MCP clients call the tools. The
   * Hugging Face Hub hosts pages for everybody. @default "static"
   */
  sdk?: SpaceSdk;
}

/** A package, ready to be pushed. */
export interface PackedPackage {
  manifest: Manifest;
  /** All files, `tool.json` included, sorted by path. */
  files: Map<string, Uint8Array>;
}

/**
 * Makes a package: the same input gives the same bytes.
 *
 * @throws PackageError for a wrong name or version, an unsafe path, or too large a package.
 */
export function packPackage(input: PackInput): PackedPackage {
  const nameProblem = repoNameProblem(input.name);
  if (nameProblem)
    throw new PackageError(`A package is named owner/name: ${nameProblem}`, {
      code: "REF_INVALID",
      data: { name: input.name },
    });
  if (valid(input.version) !== input.version) {
    throw new PackageError(`${JSON.stringify(input.version)} is not a semantic version: write it like 1.2.3`, {
      code: "VERSION_INVALID",
      data: { version: input.version },
    });
  }
  const described = {
    schemaVersion: 1 as const,
    name: input.name,
    version: input.version,
    description: input.description,
    ...(input.license !== undefined && { license: input.license }),
    ...(input.keywords?.length && { keywords: [...input.keywords] }),
    ...(input.notes !== undefined && input.notes.trim() !== "" && { notes: input.notes.trim() }),
    tools: input.tools.map(manifestTool),
    entry: input.runtime === "python" ? pythonEntryPath : entryPath,
    runtime: input.runtime,
    engines: { smoltools: ">=0.1.0" },
    permissions: sortPermissions(input.permissions ?? {}),
    ...(input.source && { source: input.source }),
  };
  const { sdk = "static", runtime, tools } = input;
  const forPython =
    runtime === "python"
      ? appFiles(input.requirements)
      : pythonFiles(tools, { ...described, permissions: ofCode(described), entrySha256: sha256(input.code) });
  const contents: Record<string, string | Uint8Array> = {
    "README.md": packageReadme(described, input.readme, sdk),
    ...(sdk === "static" && { "index.html": spacePage(described) }),
    ...forPython,
    [described.entry]: input.code,
  };
  for (const [path, text] of Object.entries(input.sources)) contents[`src/${path}`] = text;
  const files = new Map<string, Uint8Array>();
  const listed: Record<string, ManifestFile> = {};
  for (const path of Object.keys(contents).sort()) {
    const content = contents[path] ?? "";
    const bytes = typeof content === "string" ? Buffer.from(content, "utf8") : content;
    files.set(path, bytes);
    listed[path] = { size: bytes.byteLength, sha256: sha256(bytes) };
  }
  const unsigned = { ...described, files: listed };
  const text = `${JSON.stringify({ ...unsigned, integrity: manifestIntegrity(unsigned) }, null, 2)}\n`;
  const bytes = Buffer.from(text, "utf8");
  // Read like any manifest: what cannot be loaded is not packed either.
  const manifest = readManifest(bytes, `${input.name}@${input.version}`);
  return { manifest, files: new Map([[manifestName, bytes], ...files]) };
}

/** What a package's own code may do: the program that it was converted from, smoltools starts, and nobody does in Python. */
function ofCode({ permissions, source }: Pick<Manifest, "permissions" | "source">): Permissions {
  return { ...permissions, run: permissions.run.filter((line) => line !== sourceCommand(source)) };
}

/** The members of a tool that belong into a manifest, in their order. */
function manifestTool({
  name,
  description,
  inputSchema,
  outputSchema,
  annotations,
  examples,
}: ManifestTool): ManifestTool {
  return {
    name,
    description,
    inputSchema,
    ...(outputSchema !== undefined && { outputSchema }),
    ...(annotations && Object.keys(annotations).length > 0 && { annotations }),
    ...(examples && examples.length > 0 && { examples }),
  };
}
