// The public API of @smoltools/adapters/sandboxes/quickjs.

export { quickjs, type QuickJsOptions } from "./quickjs.ts";
