import { typeText } from "@smoltools/core";
import type { ManifestTool } from "../../manifest/manifest.ts";
import type { Permissions } from "../../manifest/permissions.ts";
import { pythonClassName } from "./python-names.ts";
import { pythonText } from "./python-text.ts";
import { pythonType } from "./python-type.ts";
import { template } from "./template.ts";
import { parameterCode, type ToolParameter, toolParameters } from "./tool-parameters.ts";

/** The package that a file is made for. */
export interface ToolFilePackage {
  /** `owner/name`. */
  name: string;
  version: string;
  permissions: Permissions;
  /** Path of the bundle in the package. */
  entry: string;
  /** SHA-256 of the bundle, in hexadecimal digits. */
  entrySha256: string;
}

/** Longest call, largest answer and largest heap of a tool that is run from Python. */
const limits = { timeoutSeconds: 60, answerBytes: 8 * 1024 * 1024, memoryMegabytes: 512 };

/**
 * The `tool.py` with which smolagents loads a tool of a package: a class that runs the package's bundle in Node.js.
 *
 * Whatever the declaration holds, it gets into the file as text between quotes. Of a schema, what smolagents has no
 * words for becomes `any` or `object`.
 *
 * @param folder - Where the file will be, relative to the package: `"."`, or `"tools/get_weather"`.
 */
export function toolFile(tool: ManifestTool, about: ToolFilePackage, folder = "."): string {
  const { list, takesObject } = toolParameters(tool.inputSchema);
  const output = pythonType(tool.outputSchema);
  const renamed = list.filter(({ name, key }) => name !== key);
  const attributes: [name: string, code: string][] = [
    ["name", pythonText(tool.name)],
    ["description", pythonText(description(tool))],
    ["inputs", block(list.map((parameter) => [parameter.name, inputCode(parameter)]))],
    ["output_type", pythonText(output.nullable ? "any" : output.type)],
    ["input_schema_json", jsonText(tool.inputSchema)],
    // smolagents says of a tool with an output schema that it always returns a dict.
    ["output_schema_json", jsonText(output.type === "object" && !output.nullable ? tool.outputSchema : null)],
    ["names", block(renamed.map(({ name, key }) => [name, pythonText(key)]))],
    ["takes_object", takesObject ? "True" : "False"],
    ["repo_id", pythonText(about.name)],
    ["version", pythonText(about.version)],
    ["package_root", pythonText(folder === "." ? "." : folder.replace(/[^/]+/g, ".."))],
    ["js_file", pythonText(about.entry)],
    ["js_sha256", pythonText(about.entrySha256)],
    ["permissions_json", jsonText(about.permissions)],
    ["timeout_s", String(limits.timeoutSeconds)],
    ["max_answer_bytes", String(limits.answerBytes)],
    ["memory_mb", String(limits.memoryMegabytes)],
    ["runner_json", jsonText(template("run-tool.mjs"))],
  ];
  return [
    "# Made by smoltools from tool.json: to change it, change the source in src/ and publish a new version.",
    "from typing import Any, Optional",
    "",
    "try:",
    "    from smolagents import Tool",
    "except ImportError:",
    "    Tool = object  # app.py needs the class, and nothing of smolagents.",
    "",
    "",
    `class ${pythonClassName(tool.name)}(Tool):`,
    ...attributes.map(([name, code]) => `    ${name} = ${code}`),
    "",
    `    def forward(${["self", ...list.map(parameterCode)].join(", ")}):`,
    `        return self.call_js({${list.map(({ name }) => `${pythonText(name)}: ${name}`).join(", ")}})`,
    "",
    template("tool-methods.py"),
  ].join("\n");
}

/**
 * What the tool does. smolagents writes a text of several lines down without escaping it, so one that would not
 * survive that is put on one line.
 */
function description({ description: text, outputSchema }: ManifestTool): string {
  const form =
    outputSchema === undefined ? "unknown" : typeText(outputSchema, { bare: true, refName: () => undefined });
  const isWorthTelling = form.length <= 500 && !/^(?:unknown|string|number|boolean|null)$/.test(form);
  const whole = isWorthTelling ? `${text.trim()}\nReturns, in TypeScript: ${form}` : text.trim();
  return /\\|"$|\r/.test(whole) ? whole.replace(/\s+/g, " ") : whole;
}

function inputCode({ type, description, isOptional }: ToolParameter): string {
  const nullable = isOptional ? ', "nullable": True' : "";
  return `{"type": ${pythonText(type)}, "description": ${pythonText(description)}${nullable}}`;
}

/** A value as the text of its JSON: smolagents takes no list for an attribute of a class. */
function jsonText(value: unknown): string {
  return pythonText(JSON.stringify(value ?? null));
}

function block(entries: readonly (readonly [key: string, code: string])[]): string {
  if (entries.length === 0) return "{}";
  const lines = entries.map(([key, code]) => `        ${pythonText(key)}: ${code},\n`);
  return `{\n${lines.join("")}    }`;
}
