import { Float64Array } from "./builtins.ts";
import { askBytes } from "./services.ts";

/** How many numbers are fetched at a time. */
const count = 512;
let numbers = new Float64Array();
let used = 0;

/**
 * `Math.random`, from the host's randomness.
 *
 * The engine's own generator is seeded once, when its memory is first set up; engines that start from a copy of that
 * memory would all give the same numbers.
 */
export function random(): number {
  if (used === numbers.length) {
    numbers = new Float64Array(askBytes("randomNumbers", count).buffer);
    used = 0;
  }
  const number = numbers[used] ?? 0;
  used += 1;
  return number;
}
