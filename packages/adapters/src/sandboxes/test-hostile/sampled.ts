import process from "node:process";

type Register = (name: string, run: () => Promise<void>) => void;

/** Set it to `all`, and every program is tried on every sandbox. */
const all = process.env["SMOLTOOLS_HOSTILE"] === "all";

/**
 * Registers the programs whose kind aims at the host, and every so-manieth of the others, for sandboxes that take long
 * to make. The choice is the same each time.
 *
 * @param oneOf - So many others are passed over for each that is registered.
 * @param aimed - The kinds of which all are registered.
 */
export function sampled(register: Register, oneOf: number, aimed: readonly string[] = ["reach"]): Register {
  let others = 0;
  return (name, run) => {
    const isAimed = aimed.includes(kindOf(name));
    const isTried = all || isAimed || others % oneOf === 0;
    if (!isAimed) others += 1;
    if (isTried) register(name, run);
  };
}

/** Registers the programs of some kinds, and no others. */
export function ofKinds(register: Register, kinds: readonly string[]): Register {
  return (name, run) => {
    if (kinds.includes(kindOf(name))) register(name, run);
  };
}

function kindOf(name: string): string {
  return name.split(": ")[0] ?? "";
}
