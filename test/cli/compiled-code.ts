import { fileURLToPath } from "node:url";

/**
 * Variables by which Node.js keeps what it compiles, for the processes of all tests: one that finds it takes about half
 * the time.
 */
export const compiledCode: Readonly<Record<string, string>> = {
  NODE_COMPILE_CACHE: fileURLToPath(new URL("../../node_modules/.cache/smoltools-cli-tests", import.meta.url)),
};
