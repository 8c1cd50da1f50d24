// The public API of @smoltools/adapters/sandboxes/unsafe-in-process.

export { unsafeInProcess } from "./unsafe-in-process.ts";
