import { cleanCache, listCache, verifyCache } from "@smoltools/hub";
import type { CommandContext } from "../cli/command.ts";
import { counted } from "../cli/output/counted.ts";
import { exitCodes } from "../cli/exit-codes.ts";
import { namedPackage } from "../cli/hub/named-package.ts";
import { textOption } from "../cli/line/option-values.ts";
import { printable } from "../cli/output/printable.ts";
import { UsageError } from "../cli/errors/usage-error.ts";
import { showTable } from "../cli/output/show-table.ts";

const unitMs: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** `smoltools cache ls` */
export async function list({ out, env, signal, values }: CommandContext): Promise<number> {
  const packages = await listCache({ cacheDir: textOption({ values }, "dir"), env, signal });
  const rows = packages.map(({ hub, repo, version, commit, bytes, usedMs }) => [
    `${repo} ${version}`,
    commit.slice(0, 12),
    megabytes(bytes),
    new Date(usedMs).toISOString().slice(0, 10),
    hub,
  ]);
  showTable(out, rows);
  out.line(`${counted(packages.length, "package")}, ${megabytes(packages.reduce((sum, { bytes }) => sum + bytes, 0))}`);
  out.result(
    packages.map(({ hub, repoType, repo, version, commit, bytes, usedMs, files }) => {
      const paths = files.map(({ path }) => path);
      return { hub, repoType, name: repo, version, commit, bytes, used: new Date(usedMs).toISOString(), files: paths };
    }),
  );
  return exitCodes.ok;
}

/** `smoltools cache verify` */
export async function verify({ out, env, signal, values }: CommandContext): Promise<number> {
  const { packages, files, damaged } = await out.progress("Checking files", () =>
    verifyCache({ cacheDir: textOption({ values }, "dir"), env, signal }),
  );
  for (const { package: each, path, location } of damaged) {
    out.line(`${out.style("red", "damaged")} ${printable(path)} of ${each.repo} ${each.version}: ${location}`);
  }
  out.line(`${counted(files, "file")} of ${counted(packages, "package")}, ${damaged.length} damaged`);
  if (damaged.length > 0)
    out.note("What is damaged is downloaded anew when it is loaded; smoltools install does it now.");
  const list = damaged.map(({ package: { repo, version, commit }, path, location }) => {
    return { name: repo, version, commit, path, location };
  });
  out.result({ packages, files, damaged: list });
  return damaged.length > 0 ? exitCodes.failure : exitCodes.ok;
}

/** `smoltools cache clean` */
export async function clean({ out, env, signal, values }: CommandContext): Promise<number> {
  const dryRun = values["dry-run"] === true;
  const { removed, bytes } = await cleanCache({
    cacheDir: textOption({ values }, "dir"),
    env,
    signal,
    olderThanMs: durationMs(textOption({ values }, "older-than")),
    everything: values["all"] === true,
    dryRun,
  });
  for (const { repo, version, commit } of removed) {
    out.line(`${dryRun ? "would remove" : "removed"} ${repo} ${version ?? commit.slice(0, 12)}`);
  }
  out.line(`${counted(removed.length, "package")}, ${megabytes(bytes)} ${dryRun ? "would be " : ""}given back`);
  out.result({ removed: removed.map(namedPackage), bytes, dryRun });
  return exitCodes.ok;
}

function durationMs(text: string | undefined): number {
  if (text === undefined) return 0;
  const [, number = "", unit = ""] = /^(\d{1,6})([mhdw])$/.exec(text) ?? [];
  const unitSize = unitMs[unit];
  if (unitSize === undefined) throw new UsageError(`--older-than ${text}: write a time such as 30d, 12h or 8w`);
  return Number(number) * unitSize;
}

function megabytes(bytes: number): string {
  return bytes < 1_000_000 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
