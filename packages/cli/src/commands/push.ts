import { existsSync } from "node:fs";
import { HubClient, type PackageManifest, permissionsText, type PushOptions, type PushResult } from "@smoltools/hub";
import type { CommandContext } from "../cli/command.ts";
import { hubConnection } from "../cli/hub/hub-connection.ts";
import { namedPackage } from "../cli/hub/named-package.ts";
import { listOption } from "../cli/line/option-values.ts";
import { printable } from "../cli/output/printable.ts";
import { UsageError } from "../cli/errors/usage-error.ts";
import { packageToPush } from "../package/package-to-push.ts";
import { showDiff, showFiles, showFindings, showNotes } from "../package/show-changes.ts";

/** `smoltools push <file> <owner/name>` */
export async function run(context: CommandContext): Promise<void> {
  const { positionals, values, out, prompts } = context;
  const [file = "", name = ""] = positionals;
  if (!existsSync(file)) throw new UsageError(`There is no file ${printable(file)}`);
  const options = pushOptions(context);
  const { manifest, push: publish } = await out.progress(`Building ${file}`, () => packageToPush(context, file, name));
  const client = new HubClient(hubConnection(context));
  const push = (dryRun: boolean) =>
    out.progress(dryRun ? `Comparing with ${client.host}` : `Publishing ${name} on ${client.host}`, () =>
      publish(client, { ...options, dryRun }),
    );
  if (values["dry-run"] === true || prompts) {
    const preview = await push(true);
    show(context, manifest, preview);
    const isDone = preview.alreadyPublished;
    if (values["dry-run"] === true) {
      out.line(isDone ? told(context, client, preview) : `nothing was published: ${name} ${preview.version} would be`);
      return out.result(namedPackage(preview));
    }
    if (!isDone && !(await prompts?.confirm(`Publish ${name} ${preview.version} on ${client.host}?`))) {
      return out.line("nothing was published");
    }
  }
  const result = await push(false);
  if (!prompts) show(context, manifest, result);
  out.line(told(context, client, result));
  out.result(namedPackage(result));
}

function pushOptions(context: CommandContext): PushOptions {
  const { values, env, signal } = context;
  const allow = listOption(context, "allow").map((text): [string, string] => {
    const [rule = "", reason = ""] = text.split(/=(.*)/s);
    if (/^[a-z][a-z0-9-]{0,63}$/.test(rule) && reason.trim() !== "") return [rule, reason.trim()];
    throw new UsageError(`--allow ${text} does not say why: use --allow input-narrowed="nobody used it"`);
  });
  return {
    private: values["private"] === true,
    force: values["force"] === true,
    allow: Object.fromEntries(allow),
    allowSecrets: listOption(context, "allow-secret"),
    env,
    signal,
  };
}

/** Shows what is published: every file, what changed, what it may do. */
function show(context: CommandContext, manifest: PackageManifest, result: PushResult): void {
  const { out } = context;
  showFiles(out, result.files);
  if (result.before !== undefined) showFindings(out, result.before, result.compatibility);
  if (result.diff) showDiff(out, result.diff);
  else showNotes(out, manifest.notes);
  for (const { rule, reason } of result.allowed) out.line(out.style("yellow", `allowed: ${rule}, because ${reason}`));
  const unused = listOption(context, "allow")
    .map((text) => text.split("=")[0])
    .filter((rule) => !result.allowed.some((one) => one.rule === rule));
  if (!result.alreadyPublished) for (const rule of unused) out.note(`--allow ${rule} was not needed`);
  for (const path of result.deleted) out.line(`removed from ${result.branch ?? "main"}: ${path}`);
  if (manifest.permissions) out.line(`permissions: ${printable(permissionsText(manifest.permissions))}`);
  out.line(`signed:      ${result.signed ? "yes" : "no"}`);
  out.line(`integrity:   ${result.integrity}`);
}

/** The line that says how it ended. */
function told({ out }: CommandContext, { host }: HubClient, result: PushResult): string {
  const { repo, version, tag, commit = "", alreadyPublished, branch = "main" } = result;
  const where = `${repo} ${version} on ${host} (${tag}, commit ${commit.slice(0, 12)}`;
  if (alreadyPublished) return `${out.style("green", "already published")} ${where}): nothing was changed`;
  return `${out.style("green", "published")} ${where}${branch === "main" ? "" : `, branch ${branch}`})`;
}
