// Bundled into tool packages whose tools are objects or classes. It imports nothing.

type Method = (...args: unknown[]) => unknown;

/**
 * Makes one function of a tool that is an object with methods.
 *
 * @param tool - What the author exports, or an instance of it.
 * @param method - The method that does the work. What a `tool()` of some library makes of it may call it `execute`.
 */
export function bindMethod(tool: object, method: string): Method {
  const members = tool as Record<string, unknown>;
  const run = [members[method], members["execute"]].find((member) => typeof member === "function");
  if (!run) throw new TypeError(`the exported tool has no method "${method}"`);
  let ready: Promise<unknown> | undefined;
  return async (...args) => {
    const { setup } = members;
    if (typeof setup === "function") {
      ready ??= Promise.resolve(setup.call(tool));
      try {
        await ready;
      } catch (error) {
        ready = undefined; // The next call tries again.
        throw error;
      }
    }
    return run.apply(tool, args);
  };
}
