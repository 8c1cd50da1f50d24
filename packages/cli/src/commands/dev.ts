import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { errorMessage, isSmoltoolsError } from "@smoltools/core";
import { chooseTool, loadPackage, type LoadOptions } from "@smoltools/hub";
import type { CommandContext } from "../cli/command.ts";
import { counted } from "../cli/output/counted.ts";
import { sandboxOptions } from "../cli/hub/load-options.ts";
import { textOption } from "../cli/line/option-values.ts";
import { printable } from "../cli/output/printable.ts";
import { UsageError } from "../cli/errors/usage-error.ts";
import type { BuiltPackage } from "../package/build-package.ts";
import type { CheckReport } from "../package/check/check-report.ts";
import { checkProject } from "../package/check/check-project.ts";
import { showReport } from "../package/check/show-report.ts";
import { readInput } from "../package/input/read-input.ts";
import { showResult } from "../package/result/show-result.ts";
import { temporaryPackage } from "../package/write-package.ts";
import { projectSource } from "../project/project-source.ts";
import { clearScreen } from "../watch/clear-screen.ts";
import { SourceWatch } from "../watch/source-watch.ts";

/** `smoltools dev [file or folder]` */
export async function run(context: CommandContext): Promise<number> {
  const { positionals, out, signal, values } = context;
  const source = await projectSource(positionals[0] ?? ".");
  const file = resolve(source.file);
  // What is wrong with it is told before anything is watched.
  if (textOption(context, "input") === "-") throw new UsageError("Standard input cannot be read again: --input @file");
  await readInput(textOption(context, "input"), signal);
  using watch = new SourceWatch();
  let watched = [file];
  await watch.watch(watched);
  while (!signal.aborted) {
    const startedAt = Date.now();
    using round = new Round(watch, signal);
    if (values["no-clear"] !== true) clearScreen(out);
    out.line(out.style("dim", `${new Date().toLocaleTimeString("en-GB")}  ${source.file}`));
    const sources = await show(context, source.file, round.signal);
    if (sources) watched = [...new Set([file, ...sources])];
    await watch.watch(watched, startedAt);
    if (!round.signal.aborted) {
      out.note(out.style("dim", `watching ${counted(watched.length, "file")}, Ctrl-C ends`));
    }
    await round.end();
  }
  return 0;
}

/** From one change to the next. */
class Round implements Disposable {
  /** Aborted by the next change, and when the command is. */
  readonly signal: AbortSignal;
  readonly #next = new AbortController();
  readonly #changed: Promise<void>;

  constructor(watch: SourceWatch, signal: AbortSignal) {
    this.signal = AbortSignal.any([signal, this.#next.signal]);
    this.#changed = watch.changed(signal).then(() => this.#next.abort());
  }

  /** Waits for the next change. */
  end(): Promise<void> {
    return this.#changed;
  }

  [Symbol.dispose](): void {
    this.#next.abort();
  }
}

/** @returns The files of which it is made, where that is known. */
async function show(context: CommandContext, file: string, signal: AbortSignal): Promise<string[] | undefined> {
  const { out, values } = context;
  let built: BuiltPackage | undefined;
  try {
    if (!existsSync(file)) {
      out.line(`${file} is not there: waiting for it`);
      if (out.json) out.raw(`${JSON.stringify({ file, ok: false, missing: true })}\n`);
      return undefined;
    }
    const load: LoadOptions = { ...sandboxOptions(context), signal };
    const report = await checkProject(
      { file },
      {
        load,
        version: undefined,
        offline: true,
        allowSecrets: [],
        grant: values["yes"] === true ? "declared" : undefined,
        signal,
        onBuilt: (one) => (built = one),
      },
    );
    report.skipped = report.skipped.filter((text) => text.startsWith("the examples"));
    await showReport(out, report);
    for (const tool of report.tools ?? []) out.line(out.style("dim", schemaSummary(tool)));
    if (out.json) out.raw(`${JSON.stringify(report)}\n`);
    if (built && textOption(context, "input") !== undefined) await callTool(context, file, built, load, signal);
  } catch (error) {
    // A newer state is there, or nobody watches any more.
    if (signal.aborted) return undefined;
    const code = isSmoltoolsError(error) ? ` [${error.code}]` : "";
    out.line(`${out.style("red", "error")} ${printable(errorMessage(error))}${code}`);
    if (out.json) out.raw(`${JSON.stringify({ file, ok: false, error: errorMessage(error) })}\n`);
  }
  return built?.sources;
}

/** `schema of greet: 2 arguments, 1 required, 312 bytes of JSON` */
function schemaSummary({ name, inputSchema, outputSchema }: NonNullable<CheckReport["tools"]>[number]): string {
  const count = Object.keys(inputSchema.properties ?? {}).length;
  const bytes = Buffer.byteLength(JSON.stringify([inputSchema, outputSchema ?? true]));
  const required = inputSchema.required?.length ?? 0;
  return `schema of ${name}: ${counted(count, "argument")}, ${required} required, ${bytes} bytes of JSON`;
}

async function callTool(
  context: CommandContext,
  file: string,
  { packed }: BuiltPackage,
  load: LoadOptions,
  signal: AbortSignal,
): Promise<void> {
  const { out, values } = context;
  const permissions = values["yes"] === true ? ({ permissions: "declared" } as const) : {};
  await using folder = await temporaryPackage(packed.files);
  await using loaded = await loadPackage(folder.path, { ...load, ...permissions });
  const tool = textOption(context, "tool");
  const chosen = chooseTool(loaded, { kind: "folder", path: folder.path, ...(tool !== undefined && { tool }) });
  const result = await chosen.call(await readInput(textOption(context, "input"), signal), { signal });
  out.line();
  if (out.json) return out.raw(`${JSON.stringify({ file, tool: chosen.name, result: result ?? null })}\n`);
  await showResult(out, result, { tool: chosen, path: undefined, signal });
}
