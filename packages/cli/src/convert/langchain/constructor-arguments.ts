import { errorMessage } from "@smoltools/core";
import { UsageError } from "../../cli/errors/usage-error.ts";
import { literal } from "../project/literal.ts";

/** What a class is made with. */
export interface ConstructorArguments {
  /** As JavaScript: what stands between the brackets. */
  code: string;
  /** The values, those of variables included. */
  values: unknown[];
  /** The environment variables among them. */
  env: string[];
}

/** A text that stands for a variable, and is written as the expression that it is. */
const variable = /^process\.env\.([A-Za-z_][A-Za-z0-9_]*)$/;

/** Names of options whose values nobody else may know. */
const secretName =
  /(?:api|access|auth|private|secret|client|subscription)[_-]?key$|token$|secret$|passw(?:or)?d$|credentials?$|authorization$/i;
const secretText = /^(?:bearer\s|sk-|gh[a-z]_|github_pat_|glpat-|hf_|xox[a-z]-|AKIA|eyJ)|:\/\/[^/@\s]*:[^/@\s]+@/i;

/**
 * Reads what a constructor is given: an object of JSON, or a list of several arguments. A text such as
 * `"process.env.API_KEY"` is the variable of that name, so that no secret has to be written down.
 *
 * @throws UsageError for what is no JSON, and for a secret that is written out: the arguments become part of files.
 */
export function constructorArguments(
  text: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): ConstructorArguments {
  const given = text === undefined ? [] : parsed(text);
  const list = Array.isArray(given) ? given : [given];
  refuseSecrets(list, "");
  const env = new Set<string>();
  const values = list.map((value) =>
    mapTexts(value, (word) => {
      const name = variable.exec(word)?.[1];
      if (name === undefined) return word;
      env.add(name);
      // A constructor may want it to be there, though what it declares does not depend on it.
      return environment[name] ?? `the value of ${name}`;
    }),
  );
  const code = list
    // A quote behind a backslash is part of a text, and begins none.
    .map((value) => literal(value).replaceAll(/(?<!\\)"(process\.env\.[A-Za-z_][A-Za-z0-9_]*)"(?!:)/g, "$1"))
    .join(", ");
  return { code, values, env: [...env] };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`--options is no JSON: ${errorMessage(error)}. Write an object, or a list of arguments`);
  }
}

function refuseSecrets(value: unknown, name: string): void {
  if (typeof value === "string") {
    const isSecret = (secretName.test(name) && value !== "") || secretText.test(value);
    if (!isSecret || variable.test(value)) return;
    throw new UsageError(
      `--options holds what looks like a secret${name && `, as ${name}`}: it would be written into the project. Put it ` +
        'into an environment variable, and write "process.env.NAME" in its place',
    );
  }
  if (Array.isArray(value)) for (const item of value) refuseSecrets(item, name);
  else if (typeof value === "object" && value !== null) {
    for (const [key, member] of Object.entries(value)) refuseSecrets(member, key);
  }
}

function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === "string") return change(value);
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, change));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, mapTexts(member, change)]));
}
