/** An endpoint as a package keeps it: its declaration, and where its values stand among those of its function. */
export interface FrozenEndpoint {
  parameters: object[];
  returns: object[];
  /** For each input of the function the number of its parameter, or `null` where the app keeps the value itself. */
  inputs: (number | null)[];
  /** For each result its place among the outputs of the function. */
  outputs: number[];
}

/** What of an entry is kept. */
const parameterParts = ["parameter_name", "parameter_has_default", "parameter_default", "component", "type"] as const;
const returnParts = ["component", "type"] as const;

/**
 * Reads an endpoint of an app.
 *
 * @param name - With the slash.
 * @param config - Its `/config`.
 * @param info - Its `/info`.
 * @throws Error when the two do not fit together.
 */
export function frozenEndpoint(name: string, config: unknown, info: unknown): FrozenEndpoint {
  const declared = field(field(info, "named_endpoints"), name);
  const parameters = list(declared, "parameters");
  const returns = list(declared, "returns");
  const kept = keptComponents(config);
  const called = list(config, "dependencies").find((each) => field(each, "api_name") === name.replace(/^\//, ""));
  let next = 0;
  const inputs = list(called, "inputs").map((id) => (kept.has(id) ? null : next++));
  const outputs = list(called, "outputs").flatMap((id, index) => (kept.has(id) ? [] : [index]));
  if (next !== parameters.length || outputs.length !== returns.length) {
    throw new Error(`the values of ${name} are not those of its app`);
  }
  return {
    parameters: parameters.map((each) => partsOf(each, parameterParts)),
    returns: returns.map((each) => partsOf(each, returnParts)),
    inputs,
    outputs,
  };
}

/** The components whose values are no arguments and no results: states above all. */
function keptComponents(config: unknown): Set<unknown> {
  const components = list(config, "components");
  const kept = components.filter((each) => field(each, "type") === "state" || field(each, "skip_api") === true);
  return new Set(kept.map((each) => field(each, "id")));
}

/** A default that is a file of an example is nothing that could be sent. */
function partsOf(entry: unknown, parts: readonly string[]): object {
  const found = parts.map((part): [string, unknown] => [part, field(entry, part)]);
  const isSent = ([part, value]: [string, unknown]): boolean =>
    value !== undefined && !(part === "parameter_default" && JSON.stringify(value).includes("gradio.FileData"));
  return Object.fromEntries(found.filter(isSent));
}

function list(value: unknown, name: string): unknown[] {
  const found = field(value, name);
  return Array.isArray(found) ? found : [];
}

function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, name)
    ? Reflect.get(value, name)
    : undefined;
}
