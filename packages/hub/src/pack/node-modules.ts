import { builtinModules } from "node:module";
import type { ImportKind, OnResolveArgs, Plugin, PluginBuild } from "esbuild";

const builtins = new Set(builtinModules);

/** Marks resolutions that this plugin asked for itself. */
const asked = Symbol("asked");

/**
 * Decides what becomes of imports of Node.js's own modules.
 *
 * - A package of the same name that is installed, such as `events` or `buffer`, takes the place of the module.
 * - `import` at the top of a module stays: the package then needs Node.js to run, and its author is told so.
 * - `require` and dynamic `import()` are how libraries ask for what they can do without. They get a module that
 *   throws when it is reached.
 */
export const nodeModules: Plugin = {
  name: "node-modules",
  setup(build) {
    build.onResolve({ filter: /^(?:node:)?[a-z_]+(?:\/[a-z_]+)*$/ }, async (args) => {
      const name = args.path.replace(/^node:/, "");
      if (args.pluginData === asked || !builtins.has(name)) return undefined;
      const installed = args.path === name ? await installedPackage(build, args) : undefined;
      if (installed !== undefined) return { path: installed };
      return isOptional(args.kind)
        ? { path: `node:${name}`, namespace: "absent" }
        : { path: `node:${name}`, external: true };
    });
    build.onLoad({ filter: /.*/, namespace: "absent" }, ({ path }) => ({
      contents: `throw new Error(${JSON.stringify(`There is no ${path} in a sandbox: this part of the library needs Node.js`)});`,
      loader: "js",
    }));
  },
};

async function installedPackage(build: PluginBuild, args: OnResolveArgs): Promise<string | undefined> {
  const { importer, kind, resolveDir } = args;
  // The slash at the end makes it the package, as in Node.js itself.
  const found = await build.resolve(`${args.path}/`, { importer, kind, resolveDir, pluginData: asked });
  return found.errors.length === 0 && !found.external ? found.path : undefined;
}

function isOptional(kind: ImportKind): boolean {
  return kind === "require-call" || kind === "require-resolve" || kind === "dynamic-import";
}
