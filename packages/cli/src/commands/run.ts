import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { text as readText } from "node:stream/consumers";
import { errorMessage } from "@smoltools/core";
import { chooseTool, loadPackage, type LoadOptions, lockFileName, parseRef, type Ref } from "@smoltools/hub";
import { commandGrant } from "../cli/ask-permissions.ts";
import type { CommandContext } from "../cli/command.ts";
import { hubConnection, textOption } from "../cli/hub-connection.ts";
import { UsageError } from "../cli/usage-error.ts";
import { buildPackage } from "../package/build-package.ts";
import { inputFromOptions } from "../package/tool-input.ts";

/** `smoltools run <ref or file>` */
export async function run(context: CommandContext): Promise<void> {
  const {
    positionals: [target = ""],
    rest,
    out,
    signal,
  } = context;
  const lockFile = textOption(context, "lock-file") ?? (existsSync(lockFileName) ? lockFileName : undefined);
  const permissions = commandGrant(context);
  const options: LoadOptions = {
    ...hubConnection(context),
    ...(lockFile !== undefined && { lockFile }),
    ...(permissions && { permissions }),
  };
  await using folder = (await isSourceFile(target)) ? await buildFolder(target, options) : undefined;
  await using loaded = await loadPackage(folder?.path ?? target, options);
  const ref: Ref = folder ? { kind: "folder", path: target } : parseRef(target, options);
  const name = textOption(context, "tool");
  const chosen = chooseTool(loaded, name === undefined ? ref : { ...ref, tool: name });
  const given = await readInput(textOption(context, "input"));
  const result = await chosen.call({ ...given, ...inputFromOptions(rest, chosen.inputSchema) }, { signal });
  if (out.json || typeof result !== "string") out.raw(`${JSON.stringify(result, null, 2)}\n`);
  else out.raw(`${result}\n`);
}

async function isSourceFile(target: string): Promise<boolean> {
  if (!/\.(?:[cm]?[jt]sx?|py)$/.test(target)) return false;
  const entry = await stat(target).catch(() => undefined);
  if (!entry) throw new UsageError(`There is no file ${target}`);
  return entry.isFile();
}

/** A source file runs exactly as it would run once published: as a package, in the sandbox. */
async function buildFolder(
  file: string,
  { sandbox, runtimes, signal }: LoadOptions,
): Promise<{ path: string } & AsyncDisposable> {
  const { packed } = await buildPackage(file, {
    name: `local/${
      basename(file)
        .replace(/\.\w+$/, "")
        .replace(/[^A-Za-z0-9]+/g, "-")
        .replace(/^-|-$/g, "") || "tool"
    }`,
    version: "0.0.0",
    sandbox,
    ...(runtimes && { runtimes }),
    ...(signal && { signal }),
  });
  const path = await mkdtemp(join(tmpdir(), "smoltools-run-"));
  for (const [name, bytes] of packed.files) {
    await mkdir(dirname(join(path, name)), { recursive: true });
    await writeFile(join(path, name), bytes);
  }
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

async function readInput(text: string | undefined): Promise<Record<string, unknown>> {
  if (text === undefined) return {};
  const json = text === "-" ? await readText(process.stdin) : text;
  try {
    const value: unknown = JSON.parse(json);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch (error) {
    throw new UsageError(`--input is not JSON: ${errorMessage(error)}`);
  }
  throw new UsageError("--input must be a JSON object, one key per argument");
}
