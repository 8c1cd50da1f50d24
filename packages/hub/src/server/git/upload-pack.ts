import { once } from "node:events";
import type { Readable } from "node:stream";
import { HubServerError } from "../hub-server-error.ts";
import { type GitOptions, startGit } from "./git-command.ts";

/** Small packs in little memory rather than the smallest ones: many may clone at once. */
const config = ["pack.threads=1", "pack.windowMemory=32m", "uploadpack.allowFilter=true"];

/** What `git upload-pack` needs beside its limits. */
export type UploadPackOptions = Omit<GitOptions, "config">;

/**
 * Says what refs there are: the answer to the first request of `git clone` and `git fetch`.
 *
 * Source: https://git-scm.com/docs/http-protocol and, for version 2, https://git-scm.com/docs/protocol-v2
 */
export async function advertiseRefs(options: UploadPackOptions): Promise<Readable> {
  const output = await run(["--advertise-refs"], new Uint8Array(), options);
  if (!options.protocol?.includes("version=2")) output.unshift("001e# service=git-upload-pack\n0000");
  return output;
}

/** Sends what the client asks for: the answer to all further requests. */
export function uploadPack(request: Uint8Array, options: UploadPackOptions): Promise<Readable> {
  return run([], request, options);
}

async function run(args: readonly string[], input: Uint8Array, options: UploadPackOptions): Promise<Readable> {
  const command = ["upload-pack", "--stateless-rpc", "--strict", ...args, options.gitdir];
  const { stdin, stdout, ended } = await startGit(command, { ...options, config });
  stdin.end(input);
  // With the first byte it is sure that it works; what goes wrong later git tells the client itself.
  await Promise.race([once(stdout, "readable"), ended]);
  if (stdout.readableLength > 0) return stdout;
  const { code, stderr } = await ended;
  if (code === 0) return stdout;
  stdout.destroy();
  throw new HubServerError("HUB_STORAGE_BROKEN", `git upload-pack ended with ${code}: ${stderr}`);
}
