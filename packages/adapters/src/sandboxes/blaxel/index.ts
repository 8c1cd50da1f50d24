// The public API of @smoltools/adapters/sandboxes/blaxel.

export { blaxel, type BlaxelOptions } from "./blaxel.ts";
