import { Date } from "./builtins.ts";
import { host, startedAt } from "./host.ts";

let timeOrigin: number | undefined;

/** A clock that only goes forward, from the creation of the engine on. */
export const performance: { readonly timeOrigin: number; now(): number } = {
  get timeOrigin() {
    timeOrigin ??= Date.now() - performance.now();
    return timeOrigin;
  },
  now: () => host.now() - startedAt,
};
