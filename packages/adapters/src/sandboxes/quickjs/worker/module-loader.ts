import type { QuickJSContext, QuickJSHandle } from "quickjs-emscripten-core";
import { GuestMemoryError } from "./guest-values.ts";
import type { QuickJsInstance } from "./quickjs-instance.ts";

const ownPrefix = "guest:";
// What is copied into the engine without a look at whether there is room must be short.
const maxSpecifier = 500;
const maxMessage = 1000;
/** The names of given modules begin with this, in stacks too. */
export const modulePrefix = "module:";

/**
 * Lets code import the given modules by specifier, and nothing else.
 *
 * While the engine's own modules are evaluated, and only then, they can import each other by relative path.
 */
export class ModuleLoader {
  /** Sources of the modules that code may import, by specifier. */
  given: ReadonlyMap<string, string> = new Map();
  /** Sources of the engine's own modules, by name. */
  own: ReadonlyMap<string, string> = new Map();

  /** Makes an instance of QuickJS ask this loader. */
  serve({ runtime, hasMemory }: QuickJsInstance): void {
    runtime.setModuleLoader(
      (name, context) => {
        const source = this.#sourceOf(name);
        if (source === undefined) return { error: this.#refusal(name.slice(modulePrefix.length), context) };
        // Copied as UTF-8, without a look at whether there is room.
        return hasMemory(3 * source.length + 1) ? source : { error: new GuestMemoryError() };
      },
      (from, specifier) => {
        const relative = /^\.\/([\w-]+)\.[jt]s$/.exec(specifier)?.[1];
        if (this.own.size > 0 && from.startsWith(ownPrefix) && relative !== undefined) return ownPrefix + relative;
        if (specifier.length > maxSpecifier) return { error: new Error("the specifier of an import is too long") };
        return modulePrefix + specifier;
      },
    );
  }

  #sourceOf(name: string): string | undefined {
    return name.startsWith(ownPrefix)
      ? this.own.get(name.slice(ownPrefix.length))
      : this.given.get(name.slice(modulePrefix.length));
  }

  #refusal(specifier: string, context: QuickJSContext): QuickJSHandle {
    const names = [...this.given.keys()];
    const known = `here there ${names.length === 1 ? "is" : "are"} ${names.join(", ")}`;
    const message = `cannot import "${specifier}": only modules that were given to the sandbox can be imported, ${names.length === 0 ? "there are none here" : known}`;
    const error = context.newError(message.slice(0, maxMessage));
    // The engine would take the last place that it knows for the place of the import, which comes later.
    context.newString("").consume((noStack) => context.setProp(error, "stack", noStack));
    return error;
  }
}

/** Full name of one of the engine's own modules. */
export function ownModuleName(name: string): string {
  return ownPrefix + name;
}
