import type { CommandContext } from "../cli/command.ts";
import { writePrivately } from "../cli/settings/config-file.ts";
import { printable } from "../cli/output/printable.ts";
import { readJsonFile } from "../cli/settings/read-json-file.ts";
import { type Setting, settings, settingsFile } from "../cli/settings/settings.ts";
import { didYouMean } from "../cli/line/suggest.ts";
import { UsageError } from "../cli/errors/usage-error.ts";
import { jsonText } from "../shared/json-text.ts";
import { showTable } from "../cli/output/show-table.ts";

/** A setting as it counts. */
interface Effective {
  name: string;
  value: string | null;
  /** The variable or file that it comes from, or `default`. */
  from: string;
}

/** `smoltools config list` */
export async function list({ out, env }: CommandContext): Promise<void> {
  const all = Object.entries(settings).map(([name, setting]) => effective(name, setting, env));
  const rows = all.map(({ name, value, from }) => [name, printable(value ?? settings[name]?.fallback ?? ""), from]);
  showTable(out, rows, { head: ["setting", "value", "from"] });
  out.note(`Settings are in ${settingsFile(env)}. Variables of the environment count more.`);
  out.result(all);
}

/** `smoltools config get` */
export async function get({ out, env, positionals: [name = ""] }: CommandContext): Promise<void> {
  const setting = settingOf(name);
  const found = effective(name, setting, env);
  out.line(printable(found.value ?? setting.fallback));
  out.note(`from: ${found.from}`);
  out.result(found);
}

/** `smoltools config set` */
export async function set({ out, env, positionals: [name = "", value = ""] }: CommandContext): Promise<void> {
  const setting = settingOf(name);
  const problem = setting.problem(value);
  if (problem !== undefined) throw new UsageError(`${name}: ${printable(value)} ${problem}`);
  await change(env, name, value);
  out.line(`${out.style("green", "set")} ${name} to ${value}`);
  const stronger = setting.variables.find((variable) => env[variable]);
  if (stronger !== undefined) out.warn(`${stronger} is set, and counts more`);
  out.result(effective(name, setting, env));
}

/** `smoltools config unset` */
export async function unset({ out, env, positionals: [name = ""] }: CommandContext): Promise<void> {
  const setting = settingOf(name);
  await change(env, name, undefined);
  const { value, from } = effective(name, setting, env);
  out.line(`${name} is ${printable(value ?? setting.fallback)} now (${from})`);
  out.result({ name, value, from });
}

function settingOf(name: string): Setting {
  const setting = Object.hasOwn(settings, name) ? settings[name] : undefined;
  if (setting) return setting;
  const names = Object.keys(settings);
  throw new UsageError(`There is no setting "${name}".${didYouMean(name, names)} The settings are ${names.join(", ")}`);
}

/** What holds: what a variable says, else the file, else the default. */
function effective(name: string, { variables }: Setting, env: CommandContext["env"]): Effective {
  const variable = variables.find((each) => env[each]);
  if (variable !== undefined) return { name, value: env[variable] ?? null, from: variable };
  const value = readJsonFile(settingsFile(env))[name];
  return typeof value === "string" ? { name, value, from: settingsFile(env) } : { name, value: null, from: "default" };
}

/** Changes one entry of the file, and leaves all others as they are. */
async function change(env: CommandContext["env"], name: string, value: string | undefined): Promise<void> {
  const { [name]: _before, ...others } = readJsonFile(settingsFile(env));
  const kept = value === undefined ? others : { ...others, [name]: value };
  await writePrivately(settingsFile(env), jsonText(kept));
}
