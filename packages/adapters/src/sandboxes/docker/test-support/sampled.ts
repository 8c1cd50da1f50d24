type Register = (name: string, run: () => Promise<void>) => void;

/**
 * Registers the programs that aim at the host, and every so-manieth of the others: a container takes long to make.
 *
 * @param oneOf - So many others are passed over for each that is registered.
 */
export function sampled(register: Register, oneOf: number): Register {
  let others = 0;
  return (name, run) => {
    const isTried = name.startsWith("reach: ") || others % oneOf === 0;
    if (!name.startsWith("reach: ")) others += 1;
    if (isTried) register(name, run);
  };
}
