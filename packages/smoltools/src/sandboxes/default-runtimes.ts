import type { PythonToolRuntime, Runtimes } from "@smoltools/hub";
import { autoSandbox } from "./auto-sandbox.ts";

let pythonTools: Promise<PythonToolRuntime> | undefined;

/**
 * Where packages run that need more than a JavaScript engine, where nothing else is named: those with
 * `runtime: "node"` in a process, tools in Python in CPython. Nothing is loaded or tried out before it is used.
 */
export const defaultRuntimes: Runtimes = {
  node: autoSandbox({ runtime: "node" }),
  python: {
    name: "python",
    open: async (source, options) => {
      pythonTools ??= import("@smoltools/adapters/sandboxes/python").then(({ smolagentsTools }) => smolagentsTools());
      return (await pythonTools).open(source, options);
    },
  },
};
