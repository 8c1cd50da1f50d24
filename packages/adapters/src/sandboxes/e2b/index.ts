// The public API of @smoltools/adapters/sandboxes/e2b.

export { e2b, type E2bOptions } from "./e2b.ts";
