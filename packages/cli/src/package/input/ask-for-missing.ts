import { errorMessage, type JsonSchema, literalLine, type ObjectSchema } from "@smoltools/core";
import type { Choice, Prompts } from "../../cli/terminal/prompts.ts";
import { flagName } from "./flag-place.ts";
import { flagValue } from "./flag-value.ts";
import { accepts, choicesOf, propertiesOf } from "./schema-view.ts";

/** Stands for "leave it out" among choices. */
const left = "left out";

/**
 * Asks a person for what an input lacks: each required argument, and then the optional ones, which can be skipped.
 * Asks nothing when no required one is missing.
 */
export async function askForMissing(
  input: Readonly<Record<string, unknown>>,
  schema: ObjectSchema,
  prompts: Prompts,
): Promise<Record<string, unknown>> {
  const { properties, required } = propertiesOf(schema, schema);
  const missing = Object.entries(properties).filter(([name]) => !Object.hasOwn(input, name));
  const needed = missing.filter(([name]) => required.has(name));
  const asked: [string, unknown][] = [];
  if (needed.length > 0) {
    for (const [name, part] of [...needed, ...missing.filter(([name]) => !required.has(name))]) {
      const answer = await askFor(name, part, required.has(name), schema, prompts);
      if (answer) asked.push([name, answer.value]);
    }
  }
  return Object.fromEntries([...Object.entries(input), ...asked]);
}

async function askFor(
  name: string,
  schema: JsonSchema,
  isRequired: boolean,
  root: ObjectSchema,
  prompts: Prompts,
): Promise<{ value: unknown } | undefined> {
  const { description = "", default: initial } = typeof schema === "object" ? schema : {};
  const question = literalLine(description === "" ? name : `${name}: ${description}`);
  const choices = choicesOf(schema, root) ?? (isSwitch(schema, root) ? [true, false] : undefined);
  if (choices) {
    const options = choices.map((value, index): Choice<string> => ({ value: String(index), label: label(value) }));
    const skip = { value: left, label: "leave it out", ...(initial !== undefined && { hint: label(initial) }) };
    const chosen = await prompts.choose(question, isRequired ? options : [skip, ...options]);
    return chosen === left ? undefined : { value: choices[Number(chosen)] };
  }
  const flag = `--${flagName(name)}`;
  const problem = (text: string): string | undefined => {
    try {
      flagValue(flag, text, schema, root);
      return undefined;
    } catch (error) {
      return errorMessage(error);
    }
  };
  const isText = accepts(schema, "string", root);
  const text = await prompts.ask(question, {
    ...(!isRequired && { placeholder: "Enter leaves it out" }),
    optional: !isRequired || (isText && problem("") === undefined),
    check: (answer) => (answer === "" && !isRequired ? undefined : problem(answer)),
  });
  return text === "" && !isRequired ? undefined : { value: flagValue(flag, text, schema, root) };
}

function isSwitch(schema: JsonSchema, root: ObjectSchema): boolean {
  const others = ["string", "number", "array", "object", "null"] as const;
  return accepts(schema, "boolean", root) && !others.some((type) => accepts(schema, type, root));
}

function label(value: unknown): string {
  if (value === true) return "yes";
  return value === false ? "no" : literalLine(String(value));
}
