import * as nodeModule from "node:module";
import { importRefusal } from "./import-refusal.ts";
import type { Platform } from "./platform.ts";
import { vmImporter } from "./vm-importer.ts";

const scheme = "smoltools:";

/**
 * Lets the code import the modules that it was given, and Node's own; the given ones import each other the same way.
 */
export function importer(): Pick<Platform, "load" | "setModules"> {
  // Not imported by name: an older Node, which has none, would not start.
  return "registerHooks" in nodeModule ? hookImporter() : vmImporter();
}

/** Uses the hooks of Node 22.15 and later. */
function hookImporter(): Pick<Platform, "load" | "setModules"> {
  const { isBuiltin, registerHooks } = nodeModule;
  const sources = new Map<string, string>();
  const ownUrls = /^file:/;
  return {
    setModules: (modules) => {
      for (const [specifier, source] of Object.entries(modules)) sources.set(specifier, source);
      registerHooks({
        resolve: (specifier, context, next) => {
          if (specifier.startsWith(scheme)) return { url: specifier, shortCircuit: true };
          if (sources.has(specifier)) return { url: scheme + encodeURIComponent(specifier), shortCircuit: true };
          if (isBuiltin(specifier) || ownUrls.test(context.parentURL ?? "")) return next(specifier, context);
          throw new Error(importRefusal(specifier, [...sources.keys()]));
        },
        load: (url, context, next) => {
          if (!url.startsWith(scheme)) return next(url, context);
          const source = sources.get(decodeURIComponent(url.slice(scheme.length))) ?? "";
          return { format: "module", source, shortCircuit: true };
        },
      });
    },
    load: async (specifier) => {
      if (sources.has(specifier)) return await import(scheme + encodeURIComponent(specifier));
      if (isBuiltin(specifier)) return await import(specifier);
      throw new Error(importRefusal(specifier, [...sources.keys()]));
    },
  };
}
