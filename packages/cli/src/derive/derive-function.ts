import { toolNameProblem } from "@smoltools/core";
import type { DerivedTool } from "./derived-tool.ts";
import type { FunctionView } from "./engine/port.ts";
import { type ReadCalls, readExamples } from "./examples.ts";
import { commentRepair } from "./fix/comment-repair.ts";
import { deriveInput } from "./input.ts";
import { readFunctionDoc } from "./jsdoc/function-doc.ts";
import { deriveOutput } from "./output.ts";
import type { ProblemList } from "./problems/problem-list.ts";
import { refuseOtherName } from "./refuse-other-name.ts";

/**
 * Derives a tool from a function.
 *
 * @returns `undefined` when it has problems.
 */
export function deriveFunction(
  view: FunctionView,
  readCalls: ReadCalls,
  problems: ProblemList,
): DerivedTool | undefined {
  const { exportName, place } = view;
  const before = problems.reported;
  // An agent's final answer is declared like a tool, though no other tool may have its name.
  const wrongName = exportName === "finalAnswer" ? undefined : toolNameProblem(exportName);
  if (wrongName !== undefined) {
    problems.refuse("E_NAME", place, `This function cannot be a tool: ${wrongName}.`, "export it under another name");
  }
  if (view.signatureCount > 1) {
    const message = `"${exportName}" is overloaded: it has ${view.signatureCount} signatures.`;
    problems.refuse("E_OVERLOAD", place, message, "write one signature, with unions and optional parameters");
    return undefined;
  }
  const doc = readFunctionDoc(view.doc, problems);
  refuseOtherName(doc, exportName, problems, "leave @name out, and export the function under the name of the tool");
  if (doc.description === "") {
    const fix = "begin the comment above it with what it does and when to use it";
    const repair = commentRepair(view, { tag: "description" });
    problems.refuse("E_NO_DESCRIPTION", place, `"${exportName}" has no description.`, fix, repair);
  }
  const input = deriveInput(view, doc, problems);
  const outputSchema = deriveOutput(view, doc, problems);
  if (problems.reported > before) return undefined;
  const tool: DerivedTool = {
    exportName,
    name: exportName,
    description: doc.description,
    inputSchema: input.schema,
    outputSchema,
    call: input.call,
    permissions: doc.permissions,
    annotations: doc.annotations,
    examples: doc.examples.map(({ text }) => text),
    exampleCalls: [],
    ...(doc.deprecated !== undefined && { deprecated: doc.deprecated }),
    throws: doc.throws,
  };
  return { ...tool, exampleCalls: readExamples(doc.examples, tool, [exportName], readCalls, problems) };
}
