/** The sandboxes that can be chosen for tools in JavaScript, the usual one first. */
export const sandboxNames = ["quickjs", "process"] as const;

/** What is wrong with the name of a sandbox; `undefined` when nothing is. */
export function sandboxProblem(name: string): string | undefined {
  return sandboxNames.some((each) => each === name) ? undefined : `is no sandbox: use ${sandboxNames.join(" or ")}`;
}
