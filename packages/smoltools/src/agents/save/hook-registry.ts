import type { HookRecord } from "@smoltools/hub";

type Hook = (...args: never[]) => unknown;

/** Gives functions names under which a file can ask for them: each its own one, in the whole tree of agents. */
export class HookRegistry {
  readonly #names = new Map<Hook, string>();
  readonly #taken = new Set<string>();

  /**
   * The record of a function.
   *
   * @param place - The option that holds it: its name is taken for a function that has none.
   */
  record(hook: Hook, place: string): HookRecord {
    const known = this.#names.get(hook);
    if (known !== undefined) return { hook: known };
    const own = hook.name.replace(/^bound /, "");
    const base = /^[A-Za-z_$][\w$]{0,79}$/.test(own) ? own : place.replace(/[^\w$]+/g, "_");
    let name = base;
    for (let n = 2; this.#taken.has(name); n++) name = `${base}_${n}`;
    this.#taken.add(name);
    this.#names.set(hook, name);
    return { hook: name };
  }
}
