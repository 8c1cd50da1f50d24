import type { HostFunction } from "../../sandbox/sandbox.ts";

/** A function that answers only when so many calls of it are open. */
export function meeting(size: number): Record<string, HostFunction> {
  const waiting: (() => void)[] = [];
  return {
    meet: ([value]) =>
      new Promise((resolve) => {
        waiting.push(() => resolve(value));
        if (waiting.length === size) for (const answer of waiting.splice(0)) answer();
      }),
  };
}
