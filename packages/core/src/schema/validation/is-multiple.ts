/**
 * Tells whether a number is a whole multiple of another, both as they are written in decimal: 0.3 is one of 0.1, although
 * their nearest doubles are not.
 *
 * @param step - Greater than 0.
 */
export function isMultiple(value: number, step: number): boolean {
  if (Number.isSafeInteger(value) && Number.isSafeInteger(step)) return value % step === 0;
  const [of, by] = [decimal(value), decimal(step)];
  if (!of || !by) return false;
  // The exponents of doubles keep these below a thousand digits.
  const exponent = Math.min(of.exponent, by.exponent);
  const scaled = (one: Decimal): bigint => one.digits * 10n ** BigInt(one.exponent - exponent);
  return scaled(of) % scaled(by) === 0n;
}

interface Decimal {
  digits: bigint;
  exponent: number;
}

function decimal(value: number): Decimal | undefined {
  const [, whole, fraction = "", exponent = "0"] = /^(-?\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(value)) ?? [];
  return whole === undefined
    ? undefined
    : { digits: BigInt(whole + fraction), exponent: Number(exponent) - fraction.length };
}
