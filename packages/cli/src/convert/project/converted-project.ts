import { createHash } from "node:crypto";
import type { ManifestSource } from "@smoltools/hub";
import { jsonText } from "../../shared/json-text.ts";
import type { Conversion } from "../conversion.ts";
import { convertedReadme } from "./converted-readme.ts";
import { definitionsSource } from "./definitions-source.ts";

/** What the command line says of a project that is converted. */
export interface ProjectChoices {
  /** `owner/name`. */
  name: string;
  /** Absolute path of the project. */
  folder: string;
  version: string;
  license: string | undefined;
  /** The options that decided what was taken, and how: an update takes the same. */
  convertedWith: Readonly<Record<string, string | readonly string[] | boolean>>;
  /** The version of smoltools. */
  smoltools: string;
}

/** What `smoltools` in package.json says of a project that was converted. */
export interface ConvertedSettings {
  name: string;
  source: string;
  convertedFrom: ManifestSource;
  convertedWith?: ProjectChoices["convertedWith"];
  /** The SHA-256 of what was written, by path. */
  convertedFiles: Readonly<Record<string, string>>;
}

/** Where the definitions are. */
export const definitionsPath = "src/tools.js";

/** The files that are generated from a source by their paths, without package.json. */
export function generatedFiles(
  conversion: Conversion,
  { name, folder }: Pick<ProjectChoices, "name" | "folder">,
): Record<string, string> {
  const modules = Object.entries(conversion.modules).map(([path, text]) => [`src/${path}`, text]);
  return {
    [definitionsPath]: definitionsSource(conversion, folder),
    ...Object.fromEntries(modules),
    "README.md": convertedReadme(conversion, name),
  };
}

/** The files of a new project by their paths. */
export function convertedProject(conversion: Conversion, choices: ProjectChoices): Record<string, string> {
  const { name, version, license, smoltools } = choices;
  const generated = generatedFiles(conversion, choices);
  const { dependencies = {} } = conversion;
  const packageJson = {
    name: name.split("/")[1]?.toLowerCase(),
    version,
    private: true,
    description: conversion.description,
    ...(license !== undefined && { license }),
    type: "module",
    scripts: {
      check: "smoltools check",
      dev: "smoltools dev",
      build: "smoltools build --out package",
      push: `smoltools push ${definitionsPath} ${name}`,
    },
    ...(Object.keys(dependencies).length > 0 && { dependencies }),
    devDependencies: { "@smoltools/cli": smoltools },
    smoltools: convertedSettings(conversion, choices, hashesOf(generated)),
  };
  return { "package.json": jsonText(packageJson), ...generated, ".gitignore": "node_modules/\npackage/\n" };
}

/** What package.json says of where the tools come from. */
export function convertedSettings(
  { source }: Conversion,
  { name, convertedWith }: Pick<ProjectChoices, "name" | "convertedWith">,
  convertedFiles: Readonly<Record<string, string>>,
): ConvertedSettings {
  return {
    name,
    source: definitionsPath,
    convertedFrom: source,
    ...(Object.keys(convertedWith).length > 0 && { convertedWith }),
    convertedFiles,
  };
}

/** What was written, so that it can be told later from what somebody edited. */
export function hashesOf(files: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [path, hashOf(text)]));
}

/** The same for every kind of line ends: git may have changed them. */
export function hashOf(text: string): string {
  return createHash("sha256").update(text.replaceAll("\r\n", "\n")).digest("hex");
}
