import { once } from "node:events";
import type { Readable } from "node:stream";
import { HubServerError } from "../hub-server-error.ts";
import { type GitOptions, startGit } from "./start-git.ts";

/**
 * Small packs in little memory rather than the smallest ones: many may clone at once. Of the ways to leave files out,
 * those that cost no more than a walk over the objects: others follow patterns that a file of the repo holds.
 */
const config = [
  "pack.threads=1",
  "pack.windowMemory=32m",
  "uploadpack.allowFilter=true",
  "uploadpackfilter.allow=false",
  "uploadpackfilter.blob:none.allow=true",
  "uploadpackfilter.blob:limit.allow=true",
  "uploadpackfilter.tree.allow=true",
];

/** What `git upload-pack` needs beside its limits. */
export type UploadPackOptions = Omit<GitOptions, "config">;

/**
 * Says what refs there are: the answer to the first request of `git clone` and `git fetch`.
 *
 * Source: https://git-scm.com/docs/http-protocol and, for version 2, https://git-scm.com/docs/protocol-v2
 *
 * @throws HubServerError `HUB_STORAGE_BROKEN` when git cannot read the repository.
 */
export async function advertiseRefs(options: UploadPackOptions): Promise<Readable> {
  const output = await run(["--advertise-refs"], new Uint8Array(), options, "HUB_STORAGE_BROKEN");
  if (!options.protocol?.includes("version=2")) output.unshift("001e# service=git-upload-pack\n0000");
  return output;
}

/**
 * Sends what the client asks for: the answer to all further requests.
 *
 * @throws HubServerError `HUB_BAD_REQUEST` when git does not understand what that is.
 */
export function uploadPack(request: Uint8Array, options: UploadPackOptions): Promise<Readable> {
  return run([], request, options, "HUB_BAD_REQUEST");
}

async function run(
  args: readonly string[],
  input: Uint8Array,
  options: UploadPackOptions,
  failure: "HUB_STORAGE_BROKEN" | "HUB_BAD_REQUEST",
): Promise<Readable> {
  const command = ["upload-pack", "--stateless-rpc", "--strict", ...args, options.gitdir];
  const { stdin, stdout, ended } = await startGit(command, { ...options, config });
  stdin.end(input);
  // With the first byte it is sure that it works, or has said itself what is wrong. The event also comes at the end.
  await once(stdout, "readable");
  if (stdout.readableLength > 0) return stdout;
  const { code, stderr } = await ended;
  if (code === 0) return stdout;
  stdout.destroy();
  // What git says may name folders of the hub.
  throw new HubServerError(failure, "Git cannot answer this request.", { cause: new Error(`${code}: ${stderr}`) });
}
