import { diffRefs } from "@smoltools/hub";
import type { CommandContext } from "../cli/command.ts";
import { hubConnection } from "../cli/hub-connection.ts";
import { showDiff, showFiles, showFindings } from "../package/show-changes.ts";

/** `smoltools diff <before> <after>` */
export async function run(context: CommandContext): Promise<void> {
  const { positionals, values, out } = context;
  const [before = "", after = ""] = positionals;
  const { sandbox: _sandbox, ...connection } = hubConnection(context);
  const diff = await diffRefs(before, after, { ...connection, texts: values["all"] === true ? "all" : "sources" });
  out.line(`${diff.before.name} ${diff.before.version} → ${diff.after.name} ${diff.after.version}`);
  showFindings(out, diff.before.version, diff.compatibility);
  showFiles(
    out,
    diff.files.filter(({ mark }) => mark !== "same"),
  );
  showDiff(out, diff);
  out.result(diff);
}
