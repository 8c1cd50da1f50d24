import {
  archivedManifest,
  declareSigners,
  type HubClient,
  type HubConnection,
  type Manifest,
  PackageError,
  type PackageManifest,
  type PackedPackage,
  pushArchive,
  type PushOptions,
  pushPackage,
  type PushResult,
  readArchive,
  signerFor,
} from "@smoltools/hub";
import { isSmoltoolsError } from "@smoltools/core";
import type { CommandContext } from "../cli/command.ts";
import { hubConnection } from "../cli/hub/hub-connection.ts";
import { sandboxOptions } from "../cli/hub/load-options.ts";
import { listOption, textOption } from "../cli/line/option-values.ts";
import { UsageError } from "../cli/errors/usage-error.ts";
import { buildPackage } from "./build-package.ts";
import { neededVersion } from "./needed-version.ts";
import { releaseNotes } from "./release-notes.ts";
import { versionToFollow } from "./version-to-follow.ts";
import { warnings } from "./warnings.ts";

/** A package that is about to be published. */
export interface PackageToPush {
  manifest: PackageManifest;
  push(client: HubClient, options: PushOptions): Promise<PushResult>;
}

/** A package, and what signs it when it is published. */
export interface SignedPackage extends Pick<PushOptions, "sign"> {
  packed: PackedPackage;
}

/**
 * The package that a command line wants to publish: made of a source file, or taken as it is from an archive.
 *
 * @param file - A source file, or a `.tgz` of `smoltools pack`, which may hold an agent.
 * @param name - `owner/name`.
 */
export async function packageToPush(context: CommandContext, file: string, name: string): Promise<PackageToPush> {
  if (file.endsWith(".tgz")) return fromArchive(context, file, name);
  const connection = hubConnection(context);
  const given = textOption(context, "version");
  const followed = await versionToFollow({ file, name, given }, connection, context.signal);
  const { packed, ...signing } = await packageFromSource(context, file, name, followed);
  const { manifest } = packed;
  return {
    manifest,
    push: async (client, options) => {
      try {
        return await pushPackage(client, packed, { ...options, ...signing });
      } catch (error) {
        if (followed === undefined || !isSmoltoolsError(error, "VERSION_EXISTS")) throw error;
        throw await versionMissing(manifest, connection, context.signal);
      }
    },
  };
}

/** For changes whose version nobody says. */
async function versionMissing(
  manifest: Manifest,
  connection: HubConnection,
  signal: AbortSignal,
): Promise<PackageError> {
  const { name, version } = manifest;
  const { least, changes } = await neededVersion(manifest, connection, signal);
  return new PackageError(
    `No version was given. ${name} ${version} is published, and these changes need --version ${least}${changes}`,
    { code: "VERSION_EXISTS", data: { repo: name, version, least } },
  );
}

/**
 * Makes the package of a source file, with what the command line says of it.
 *
 * @param version - For a source whose version nobody says.
 */
export async function packageFromSource(
  context: CommandContext,
  file: string,
  name: string,
  version?: string,
): Promise<SignedPackage> {
  const { sandbox, runtimes } = sandboxOptions(context);
  const notes = { text: textOption(context, "notes"), file: textOption(context, "notes-file") };
  const built = await buildPackage(file, {
    name,
    version: textOption(context, "version") ?? version,
    description: textOption(context, "description"),
    license: textOption(context, "license"),
    notes: (version) => releaseNotes(file, version, notes),
    sdk: textOption(context, "sdk") === "gradio" ? "gradio" : "static",
    sandbox,
    ...(runtimes && { runtimes }),
    signal: context.signal,
  });
  for (const text of await warnings(built.warnings)) context.out.note(text);
  const keys = listOption(context, "sign");
  if (keys.length === 0) return { packed: built.packed };
  const sign = await signerFor(keys, { env: context.env });
  return { packed: declareSigners(built.packed, sign), sign };
}

/** What an archive holds is published byte for byte, its signature included. */
async function fromArchive(context: CommandContext, file: string, name: string): Promise<PackageToPush> {
  const options = ["version", "description", "license", "notes", "notes-file", "sdk", "sign"];
  const given = options.find((option) => context.values[option] !== undefined);
  if (given !== undefined) throw new UsageError(`${file} is published as it is: --${given} cannot change it`);
  const archive = await readArchive(file, { signal: context.signal });
  const { main } = archive;
  if (main.name !== name) throw new UsageError(`${file} holds ${main.name}, which cannot be published as ${name}`);
  return { manifest: archivedManifest(main), push: (client, options) => pushArchive(client, archive, options) };
}
