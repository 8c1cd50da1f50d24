import type { ParameterView } from "../engine/port.ts";

/**
 * The parameters of a method that are the tool's input: not the context of the call, which comes second.
 *
 * @param isOurs - The method is one of smoltools, whose second parameter is always the context.
 */
export function withoutContext(parameters: readonly ParameterView[], isOurs: boolean): readonly ParameterView[] {
  const [first, second, ...more] = parameters.filter(({ name }) => name !== "this");
  if (!first || !second || more.length > 0) return parameters;
  return isOurs || isContext(second) ? [first] : parameters;
}

function isContext({ type }: ParameterView): boolean {
  const { shape, name } = type;
  // Where smoltools is not installed, its types cannot be found.
  return (shape.kind === "any" ? shape.missing : name) === "ToolContext";
}
