// The public API of @smoltools/adapters/type-check: named exports only.

export { typeCheck, type TypeCheckOptions } from "./type-check.ts";
