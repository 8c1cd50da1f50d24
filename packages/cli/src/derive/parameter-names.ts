import type { FunctionView, ParameterView } from "./engine/port.ts";
import type { ParamDoc } from "./jsdoc/function-doc.ts";

/**
 * The names of parameters, as the input schema has them. A destructured parameter has none of its own: the n-th one is
 * named by the n-th `@param` tag.
 *
 * @returns `undefined` for each destructured parameter that no tag names.
 */
export function parameterNames(
  parameters: FunctionView["parameters"],
  params: readonly ParamDoc[],
): (string | undefined)[] {
  const declared = new Set(parameters.map(({ name }) => name));
  const documented = [...new Set(params.map(({ path }) => path[0]))];
  return parameters.map((parameter, index) => {
    if (parameter.name !== undefined) return parameter.name;
    const name = documented[index];
    // A tag that names what the destructuring takes out is about that, not about the whole.
    return declared.has(name) || isTakenOut(parameter, name) ? undefined : name;
  });
}

function isTakenOut({ bindings }: ParameterView, name: string | undefined): boolean {
  return bindings.some(({ property }) => property === name);
}
