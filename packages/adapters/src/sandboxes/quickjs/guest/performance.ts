import { host, startedAt } from "./host.ts";

/** A clock that only goes forward, from the creation of the engine on. */
export const performance: { readonly timeOrigin: number; now(): number } = {
  timeOrigin: Date.now() - (host.now() - startedAt),
  now: () => host.now() - startedAt,
};
