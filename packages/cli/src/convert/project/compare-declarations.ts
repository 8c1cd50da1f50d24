import { existsSync } from "node:fs";
import { join } from "node:path";
import {
  compareManifests,
  type Compatibility,
  type Manifest,
  type ManifestTool,
  sourceCommand,
  sourceVariables,
} from "@smoltools/hub";
import { deriveFileOrThrow } from "../../derive/index.ts";
import type { Conversion, ConvertedPermissions } from "../conversion.ts";
import type { ConvertedFolder } from "./converted-folder.ts";
import { definitionsPath } from "./converted-project.ts";

type Declared = Pick<Manifest, "tools" | "source"> & { permissions: ConvertedPermissions };

/**
 * Judges by the rules of the semver gate what changes for the users of a project when it becomes what its source is now.
 *
 * @returns `undefined` when its definitions are gone, so that there is nothing to compare with.
 * @throws DeriveError when they cannot be read.
 */
export async function compareDeclarations(
  { path, name, version, source }: ConvertedFolder,
  conversion: Conversion,
): Promise<Compatibility | undefined> {
  if (!existsSync(join(path, definitionsPath))) return undefined;
  const derived = await deriveFileOrThrow(join(path, definitionsPath));
  const before: Declared = {
    source,
    tools: derived.tools.map(declaration),
    permissions: merged(derived.tools.map(({ permissions }) => permissions)),
  };
  const after: Declared = {
    source: conversion.source,
    tools: conversion.tools.map(declaration),
    permissions: merged(conversion.tools.map(({ permissions = conversion.permissions }) => permissions)),
  };
  return compareManifests(manifestOf(name, version, before), manifestOf(name, version, after));
}

function declaration({
  name,
  description,
  inputSchema,
  outputSchema,
  annotations,
}: Omit<ManifestTool, "examples">): ManifestTool {
  const hasHints = annotations !== undefined && Object.keys(annotations).length > 0;
  return {
    name,
    description,
    inputSchema,
    ...(outputSchema !== undefined && { outputSchema }),
    ...(hasHints && { annotations }),
  };
}

/** As much of a manifest as is compared. */
function manifestOf(name: string, version: string, { tools, source, permissions }: Declared): Manifest {
  const started = sourceCommand(source);
  return {
    schemaVersion: 1,
    name,
    version,
    description: "",
    tools,
    entry: definitionsPath,
    runtime: "js",
    engines: { smoltools: "*" },
    permissions: {
      net: [...permissions.net],
      env: [...new Set([...permissions.env, ...sourceVariables(source)])],
      read: [],
      write: [],
      run: [...permissions.run, ...(started === undefined ? [] : [started])],
    },
    ...(source && { source }),
    files: {},
    integrity: "",
  };
}

function merged(all: readonly ConvertedPermissions[]): ConvertedPermissions {
  const of = (kind: keyof ConvertedPermissions) => [...new Set(all.flatMap((one) => one[kind]))];
  return { net: of("net"), env: of("env"), run: of("run") };
}
