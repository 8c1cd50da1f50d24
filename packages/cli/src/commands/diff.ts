import { diffRefs, type LoadOptions, parseRef } from "@smoltools/hub";
import type { CommandContext } from "../cli/command.ts";
import { hubConnection } from "../cli/hub/hub-connection.ts";
import { sandboxOptions } from "../cli/hub/load-options.ts";
import { printable } from "../cli/output/printable.ts";
import { localName } from "../package/local-name.ts";
import { openTarget } from "../package/open-target.ts";
import { showDiff, showFiles, showFindings } from "../package/show-changes.ts";

/** `smoltools diff <before> <after>` */
export async function run(context: CommandContext): Promise<void> {
  const { positionals, values, out } = context;
  const [before = "", after = ""] = positionals;
  const options = sandboxOptions(context);
  const diff = await out.progress("Comparing", async () => {
    // A source file is called like the package with which it is compared.
    await using old = await openTarget(before, options, { name: nameOf(after, options) ?? localName(before) });
    await using now = await openTarget(after, options, { name: nameOf(before, options) ?? localName(after) });
    return await diffRefs(old.ref, now.ref, {
      ...hubConnection(context),
      texts: values["all"] === true ? "all" : "sources",
    });
  });
  const { compatibility, files } = diff;
  out.line(printable(`${diff.before.name} ${diff.before.version} → ${diff.after.name} ${diff.after.version}`));
  showFindings(out, diff.before.version, compatibility);
  showFiles(
    out,
    files.filter(({ mark }) => mark !== "same"),
  );
  showDiff(out, diff);
  out.result(diff);
}

function nameOf(text: string, options: LoadOptions): string | undefined {
  try {
    const ref = parseRef(text, options);
    return ref.kind === "hub" ? ref.repo : undefined;
  } catch {
    return undefined;
  }
}
