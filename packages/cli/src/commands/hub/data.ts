import { resolve } from "node:path";
import { HubClient } from "@smoltools/hub";
import { backUpHub, followReleaseLog, HubServerError, verifyStorage } from "@smoltools/hub/server";
import { hubConnection, textOption } from "../../cli/hub-connection.ts";
import { UsageError } from "../../cli/usage-error.ts";
import type { HubAction } from "./hub-action.ts";

/** `smoltools hub backup`, `verify` and `log` */
export const dataActions: Readonly<Record<string, HubAction>> = {
  backup: {
    usage: "<folder>",
    least: 1,
    most: 1,
    run: async ({ root, args, out }) => {
      const target = resolve(args[0] ?? "");
      await backUpHub(root, target);
      out.line(`${target} holds everything: repos, users, tokens (as hashes), collections, logs.`);
      out.line(`Check it with: smoltools hub verify --data ${target}`);
      out.result({ target });
    },
  },
  verify: {
    usage: "",
    least: 0,
    most: 0,
    run: async ({ root, out, signal }) => {
      const report = await verifyStorage(root, { signal });
      for (const note of report.notes) out.note(note);
      for (const problem of report.problems) out.line(problem);
      const { repos, commits, objects, lfsObjects, releases } = report;
      out.line(`${repos} repos, ${commits} commits, ${objects} objects, ${lfsObjects} LFS files, ${releases} releases`);
      out.result(report);
      if (report.problems.length === 0) return out.line("everything is as it was stored");
      throw new HubServerError("HUB_STORAGE_BROKEN", `${report.problems.length} problems in ${root}.`);
    },
  },
  log: {
    usage: "[--hub <url>] [--known <seq>:<hash>]",
    least: 0,
    most: 0,
    run: async (context) => {
      const { out, signal } = context;
      const client = new HubClient(hubConnection(context));
      const readPage = (after: number) =>
        client.json(`/api/registry/log?after=${after}&limit=1000`, "the release log", true, { signal });
      const { head, entries } = await followReleaseLog(readPage, knownHead(textOption(context, "known")));
      for (const { seq, repo, tag, commit, at } of entries) {
        out.line(`${String(seq).padStart(6)}  ${at.slice(0, 19)}  ${repo}@${tag}  ${commit}`);
      }
      out.note(`The chain holds. To check from here the next time: --known ${head.seq}:${head.hash}`);
      out.result({ head, entries });
    },
  },
};

function knownHead(text: string | undefined): { seq: number; hash: string } | undefined {
  if (text === undefined) return undefined;
  const [, seq, hash] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text) ?? [];
  if (hash !== undefined) return { seq: Number(seq), hash };
  throw new UsageError("--known is not what this command printed the last time: a number, ':' and 64 digits");
}
