import * as nodeModule from "node:module";
import process from "node:process";

/**
 * Why the Node that runs this program cannot run guests, if it cannot: they get their modules by hooks that Node has
 * since 22.15.
 */
export function nodeProblem(): string | undefined {
  if ("registerHooks" in nodeModule) return undefined;
  return `It runs code in Node.js 22.15 or later, and this program runs on ${process.versions.node}.`;
}
