import type { ObjectSchema } from "@smoltools/core";
import { definitionDoc } from "./definition/definition-doc.ts";
import { definitionName } from "./definition/definition-name.ts";
import { isFrozen } from "./definition/is-frozen.ts";
import { refuseUnknownOptions } from "./definition/known-options.ts";
import { withoutContext } from "./definition/without-context.ts";
import { writtenInput, writtenOutput } from "./definition/written-schema.ts";
import type { CallForm, DerivedTool } from "./derived-tool.ts";
import type { DefinitionView, FunctionView } from "./engine/port.ts";
import { deriveInput } from "./input.ts";
import type { FunctionDoc } from "./jsdoc/function-doc.ts";
import { deriveOutput } from "./output.ts";
import type { ProblemList } from "./problems/problem-list.ts";
import { refuseOtherName } from "./refuse-other-name.ts";
import { type ReadCalls, readExamples } from "./examples.ts";

/** The methods that do a tool's work, in the order in which they are looked for. */
const workMethods = ["execute", "forward", "run"];

/**
 * Derives a tool from a call of `tool()` or a class.
 *
 * @returns `undefined` when it has problems.
 */
export function deriveDefinition(
  view: DefinitionView,
  readCalls: ReadCalls,
  problems: ProblemList,
): DerivedTool | undefined {
  const before = problems.reported;
  const work = workMethod(view, problems);
  if (!work) return undefined;
  refuseUnknownOptions(view, problems);
  const doc = definitionDoc(view, work.function, problems);
  const name = definitionName(view, problems);
  refuseOtherName(doc, name, problems, 'leave @name out, and write the name as a literal: name: "forecast"');
  const method = { on: view.on, name: work.name };
  const parameters = withoutContext(work.function.parameters, view.isOurs);
  const form = inputForm({ ...work.function, exportName: name, parameters }, view, doc, problems);
  const written = writtenOutput(view, problems);
  // What a frozen definition does not say is not known.
  const derives = written === undefined && !isFrozen(view);
  const outputSchema = derives ? deriveOutput({ ...work.function, exportName: name }, doc, problems) : written;
  if (problems.reported > before) return undefined;
  const tool: DerivedTool = {
    exportName: view.exportName,
    name,
    description: doc.description,
    inputSchema: form.schema,
    ...(outputSchema !== undefined && { outputSchema }),
    call: { ...form.call, method },
    permissions: doc.permissions,
    annotations: doc.annotations,
    examples: doc.examples.map(({ text }) => text),
    exampleCalls: [],
    ...(doc.deprecated !== undefined && { deprecated: doc.deprecated }),
    throws: doc.throws,
  };
  const names = [view.exportName, name, view.className];
  return { ...tool, exampleCalls: readExamples(doc.examples, tool, names, readCalls, problems) };
}

function workMethod(view: DefinitionView, problems: ProblemList): { name: string; function: FunctionView } | undefined {
  const { exportName, place, unreadable, constructorArguments } = view;
  if (unreadable) {
    const fix = "write the name, the description and execute into one object literal";
    problems.refuse("E_UNSUPPORTED", unreadable.place, `"${exportName}" cannot be read: ${unreadable.what}.`, fix);
    return undefined;
  }
  if (constructorArguments > 0) {
    const message = `"${exportName}" cannot be made: its constructor asks for arguments.`;
    problems.refuse("E_UNSUPPORTED", place, message, "give every parameter of the constructor a default");
    return undefined;
  }
  const work = view.method(workMethods);
  if (!work) {
    const message = `"${exportName}" has no method that does its work.`;
    problems.refuse("E_UNSUPPORTED", place, message, "add the method execute, which takes the input object");
    return undefined;
  }
  if (work.function.signatureCount > 1) {
    const { place: at, signatureCount } = work.function;
    const message = `"${work.name}" is overloaded: it has ${signatureCount} signatures.`;
    problems.refuse("E_OVERLOAD", at, message, "write one signature, with unions and optional parameters");
    return undefined;
  }
  return work;
}

/** The input schema as it is written, else as the parameters of the method say. */
function inputForm(
  work: FunctionView,
  view: DefinitionView,
  doc: FunctionDoc,
  problems: ProblemList,
): { schema: ObjectSchema; call: CallForm } {
  const written = writtenInput(view, problems);
  if (written) return { schema: written, call: { kind: "object" } };
  const derived = deriveInput(work, doc, problems);
  const [first] = work.parameters;
  if (view.isOurs && first && derived.call.kind === "positional") {
    const message = `"${first.name ?? "the parameter"}" is no object: the work of a Tool gets all of its input in one.`;
    problems.refuse("E_UNSUPPORTED", first.place, message, "take one object with a property for each argument");
  }
  return derived;
}
