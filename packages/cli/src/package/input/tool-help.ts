import {
  type JsonSchema,
  literalLine,
  literalText,
  type ObjectSchema,
  type ToolDeclaration,
  typeText,
} from "@smoltools/core";
import { flagName } from "./flag-place.ts";
import { accepts, choicesOf, propertiesOf } from "./schema-view.ts";

/** How deep objects are taken apart into flags of their own. */
const maxDepth = 3;

/** An argument of a tool as a flag. */
export interface FlagHelp {
  /** `--city <string>` */
  flag: string;
  required: boolean;
  /** What it is for, with its default; on one line. */
  help: string;
}

/** How a tool is called from the command line: what it does, its flags, what it returns. */
export function toolHelp(target: string, tool: ToolDeclaration): string[] {
  const flags = flagsOf(tool.inputSchema);
  const least = flags.filter(({ required, flag }) => required && !flag.includes(".")).map(({ flag }) => ` ${flag}`);
  const result = tool.outputSchema === undefined ? "anything" : typeText(tool.outputSchema, { bare: true });
  return [
    ...literalText(tool.description).split("\n"),
    "",
    `Usage: smoltools run ${target}${least.join("")}${flags.length > least.length ? " [--flag value]" : ""}`,
    "",
    flags.length > 0 ? `Arguments of ${tool.name}:` : `${tool.name} takes no arguments.`,
    ...columns(flags),
    "",
    `Result: ${literalLine(result)}`,
  ];
}

/** The arguments of a tool as flags, members of objects too. */
function flagsOf(root: ObjectSchema): FlagHelp[] {
  return members(root, root, "", 1);
}

function members(schema: JsonSchema, root: ObjectSchema, prefix: string, depth: number): FlagHelp[] {
  const { properties, required } = propertiesOf(schema, root);
  return Object.entries(properties).flatMap(([name, part]) => {
    const flag = prefix + flagName(name);
    const own = {
      flag: `--${literalLine(flag)}${valueText(part, root)}`,
      required: required.has(name),
      help: helpText(part),
    };
    const below = depth < maxDepth && accepts(part, "object", root) ? members(part, root, `${flag}.`, depth + 1) : [];
    return [own].concat(below);
  });
}

function valueText(schema: JsonSchema, root: ObjectSchema): string {
  const choices = choicesOf(schema, root);
  if (choices && choices.length <= 6) return ` <${literalLine(choices.map(String).join("|"))}>`;
  if (typeof schema === "object" && schema.type === "boolean") return "";
  const names: readonly string[] = ["integer", "number", "boolean", "string", "array", "object"];
  const types = names.filter((type) => schema !== true && accepts(schema, type as "string", root));
  const short = types.includes("number") ? types.filter((type) => type !== "integer") : types;
  return ` <${short.length === 0 || short.length > 3 ? "json" : short.join("|")}>`;
}

function helpText(schema: JsonSchema): string {
  if (typeof schema === "boolean") return "";
  const { description = "", default: initial } = schema;
  const parts = [description.replaceAll(/\s+/g, " ").trim()];
  if (initial !== undefined) parts.push(`Default: ${typeof initial === "string" ? initial : JSON.stringify(initial)}.`);
  return literalLine(parts.filter(Boolean).join(" "));
}

function columns(flags: readonly FlagHelp[]): string[] {
  const width = Math.min(36, Math.max(0, ...flags.map(({ flag }) => flag.length)));
  return flags.map(({ flag, required, help }) => {
    const text = [required ? "(required)" : "", help].filter(Boolean).join(" ");
    return `  ${flag.padEnd(width)}  ${text}`.trimEnd();
  });
}
