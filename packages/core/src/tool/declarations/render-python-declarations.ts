import type { JsonSchema } from "../../schema/json-schema.ts";
import { bodyIndent, pythonDocstring, pythonDocText } from "../../schema/python/python-doc-text.ts";
import { innerName } from "../../schema/python/python-type-text.ts";
import { pythonParameters, type PythonParameter } from "./python-parameters.ts";
import { PythonTypeNames } from "./python-type-names.ts";
import { PythonTypes } from "./python-types.ts";
import type { ToolDeclaration } from "../tool.ts";

/**
 * Prints tools as Python declarations, the form in which a model that writes Python is told of them.
 *
 * The text is that of a stub file: names may be used before they are declared, `= ...` stands for a default that is not
 * said, and objects are `TypedDict` classes. Types that several tools share by name are printed once, and under
 * different names when they differ. Arguments go in order or by name, and by name alone where their order is of no use.
 *
 * @param tools - Their order is kept.
 */
export function renderPythonDeclarations(tools: readonly ToolDeclaration[]): string {
  const names = new PythonTypeNames(tools.map(({ name }) => name));
  return tools.map((tool) => renderTool(tool, names)).join("\n\n");
}

/**
 * Prints the function that gives the final answer.
 *
 * Its types have names that no tool's types have.
 *
 * @param answer - Schema of the answer; `undefined` for any value.
 * @param description - What the function does, for the model.
 */
export function renderPythonFinalAnswer(answer: JsonSchema | undefined, description: string): string {
  const rootName = "FinalAnswer";
  const schema = answer ?? true;
  const types = new PythonTypes(schema, { names: new PythonTypeNames([]), rootName, prefix: rootName });
  const head = `def final_answer(value: ${types.text(schema, rootName)}) -> NoReturn:`;
  const doc = pythonDocText(schema, true);
  const text = `${description}${doc === "" ? "" : `\n\nArgs:\n    value: ${doc}`}`;
  return [...types.lines, `${head}\n${pythonDocstring(text)}`].join("\n\n");
}

function renderTool(tool: ToolDeclaration, names: PythonTypeNames): string {
  const { name, inputSchema, outputSchema = true } = tool;
  const inputName = innerName("", `${name}_input`);
  const inputTypes = new PythonTypes(inputSchema, { names, rootName: inputName });
  const { parameters, byNameOnly } = pythonParameters(inputSchema, (schema, key) =>
    inputTypes.text(schema, key === undefined ? inputName : innerName("", `${name}_${key}`)),
  );
  const resultName = innerName("", `${name}_result`);
  const outputTypes = new PythonTypes(outputSchema, { names, rootName: resultName });
  const result = outputTypes.text(outputSchema, resultName);
  const list = [...(byNameOnly ? ["*"] : []), ...parameters.map(parameterText)].join(", ");
  const docs = documentation(tool.description, parameters, outputSchema);
  const body = docs === "" ? `${bodyIndent}...` : pythonDocstring(docs);
  return [...inputTypes.lines, ...outputTypes.lines, `def ${name}(${list}) -> ${result}:\n${body}`].join("\n\n");
}

function parameterText({ name, type, initial }: PythonParameter): string {
  return `${name}: ${type}${initial === undefined ? "" : ` = ${initial}`}`;
}

function documentation(description: string, parameters: readonly PythonParameter[], result: JsonSchema): string {
  const described = parameters.filter(({ doc }) => doc !== "").map(({ name, doc }) => `    ${name}: ${doc}`);
  const returns = pythonDocText(result, false);
  const sections = [
    paragraphs(description),
    ...(described.length > 0 ? [`Args:\n${described.join("\n")}`] : []),
    ...(returns === "" ? [] : [`Returns: ${returns}`]),
  ];
  return sections.join("\n\n").trim();
}

/** A description in its own lines, of which several empty ones count as one. */
function paragraphs(text: string): string {
  const lines = text.split(/\r\n|[\n\r\v\f\u0085\u2028\u2029]/).map((line) => line.replace(/\p{Cc}+/gu, " ").trimEnd());
  return lines
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}
