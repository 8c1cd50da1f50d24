import { isBuiltin } from "node:module";
// Not by name: without `--experimental-vm-modules` the classes are not there, and nothing here is used.
import * as vm from "node:vm";
import { importRefusal } from "./import-refusal.ts";
import type { Platform } from "./platform.ts";

/**
 * Lets the code import the modules that it was given, and Node's own, in a Node that has no hooks for it: before 22.15.
 * Node has to be started with `--experimental-vm-modules`.
 */
export function vmImporter(): Pick<Platform, "load" | "setModules"> {
  const sources = new Map<string, string>();
  const modules = new Map<string, Promise<vm.Module>>();
  /** Two that are linked at the same time may hold parts of each other. */
  let linking: Promise<unknown> = Promise.resolve();

  const make = async (specifier: string): Promise<vm.Module> => {
    const source = sources.get(specifier);
    if (source !== undefined) {
      return new vm.SourceTextModule(source, {
        identifier: `smoltools:${encodeURIComponent(specifier)}`,
        importModuleDynamically: (wanted) => open(wanted),
      });
    }
    if (!isBuiltin(specifier)) throw new Error(importRefusal(specifier, [...sources.keys()]));
    const builtin = (await import(specifier)) as Record<string, unknown>;
    return new vm.SyntheticModule(Object.keys(builtin), function fill() {
      for (const [name, value] of Object.entries(builtin)) this.setExport(name, value);
    });
  };
  const find = (specifier: string): Promise<vm.Module> => {
    const known = modules.get(specifier) ?? make(specifier);
    modules.set(specifier, known);
    return known;
  };
  const open = async (specifier: string): Promise<vm.Module> => {
    const module = await find(specifier);
    const linked = linking.then(() => (module.status === "unlinked" ? module.link(find) : undefined));
    linking = linked.catch(() => undefined);
    await linked;
    await module.evaluate();
    return module;
  };
  return {
    setModules: (given) => {
      for (const [specifier, source] of Object.entries(given)) sources.set(specifier, source);
    },
    load: async (specifier) => (await open(specifier)).namespace,
  };
}
