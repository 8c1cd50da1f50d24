import { installPackages } from "@smoltools/hub";
import type { CommandContext } from "../cli/command.ts";
import { counted } from "../cli/output/counted.ts";
import { noteLeftAlone } from "../cli/hub/left-alone.ts";
import { namedRefs, packageOptions } from "../cli/hub/package-options.ts";

/** `smoltools install [ref...]` */
export async function run(context: CommandContext): Promise<void> {
  const { out } = context;
  const options = packageOptions(context);
  const refs = namedRefs(context, options);
  const result = await out.progress("Downloading", () => installPackages(refs, options));
  for (const { name, version, commit, files } of result.installed) {
    out.line(
      `${out.style("green", "installed")} ${name} ${version ?? commit.slice(0, 12)} (${counted(files, "file")})`,
    );
  }
  if (result.installed.length === 0) out.line(`${options.lockFile} has nothing to install`);
  noteLeftAlone(out, result);
  out.result(result);
}
