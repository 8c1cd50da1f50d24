export { typeCheck, type TypeCheckOptions } from "./type-check.ts";
