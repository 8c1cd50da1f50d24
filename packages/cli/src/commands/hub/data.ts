import { resolve } from "node:path";
import { HubClient } from "@smoltools/hub";
import { backUpHub, followReleaseLog, verifyStorage } from "@smoltools/hub/server";
import type { CommandContext } from "../../cli/command.ts";
import { counted } from "../../cli/output/counted.ts";
import { exitCodes } from "../../cli/exit-codes.ts";
import { hubConnection } from "../../cli/hub/hub-connection.ts";
import { textOption } from "../../cli/line/option-values.ts";
import { printable } from "../../cli/output/printable.ts";
import { showTable } from "../../cli/output/show-table.ts";
import { UsageError } from "../../cli/errors/usage-error.ts";
import { dataFolder, presentDataFolder } from "./data-folder.ts";

/** `smoltools hub backup` */
export async function backUp(context: CommandContext): Promise<void> {
  const { out } = context;
  const root = dataFolder(context);
  const target = resolve(context.positionals[0] ?? "");
  await out.progress("Copying", () => backUpHub(root, target));
  out.line(`${target} holds everything: repos, users, tokens (as hashes), collections, logs.`);
  out.line(`Check it with: smoltools hub verify --data ${target}`);
  out.result({ target });
}

/** `smoltools hub verify` */
export async function verify(context: CommandContext): Promise<number> {
  const { out, signal } = context;
  const root = presentDataFolder(context);
  const report = await out.progress("Checking everything", () => verifyStorage(root, { signal }));
  for (const note of report.notes) out.note(printable(note));
  for (const problem of report.problems) out.line(printable(problem));
  const { repos, commits, objects, lfsObjects, releases, problems } = report;
  const counts = [
    counted(repos, "repo"),
    counted(commits, "commit"),
    counted(objects, "object"),
    counted(lfsObjects, "LFS file"),
    counted(releases, "release"),
  ];
  out.line(counts.join(", "));
  out.result(report);
  if (problems.length > 0) {
    out.error(`${out.style("red", "error")} ${counted(problems.length, "problem")} in ${root} [HUB_STORAGE_BROKEN]`);
    return exitCodes.failure;
  }
  out.line("everything is as it was stored");
  return exitCodes.ok;
}

/** `smoltools hub log` */
export async function showLog(context: CommandContext): Promise<void> {
  const { out, signal } = context;
  const client = new HubClient(hubConnection(context));
  const readPage = (after: number) =>
    client.json(`/api/registry/log?after=${after}&limit=1000`, "the release log", true, { signal });
  const known = knownHead(textOption(context, "known"));
  const { head, entries } = await out.progress("Reading the log", () => followReleaseLog(readPage, known));
  showTable(
    out,
    entries.map(({ seq, repo, tag, commit, at }) => [
      String(seq),
      at.slice(0, 19),
      printable(`${repo}@${tag}`),
      commit,
    ]),
  );
  out.note(`The chain holds. To check from here the next time: --known ${head.seq}:${head.hash}`);
  out.result({ head, entries });
}

function knownHead(text: string | undefined): { seq: number; hash: string } | undefined {
  if (text === undefined) return undefined;
  const [, seq, hash] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text) ?? [];
  if (hash !== undefined) return { seq: Number(seq), hash };
  throw new UsageError("--known is not what this command printed the last time: a number, ':' and 64 digits");
}
