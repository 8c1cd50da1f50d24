/** What was found out about a code. */
export interface Verdict {
  /** Whether its last digit fits the others. */
  valid: boolean;
  /** Its thirteen digits. */
  digits: string;
}

/**
 * Check an ISBN of thirteen digits.
 *
 * @param code - The ISBN, with or without hyphens.
 * @returns Whether it is one.
 */
export function check_isbn(code: string): Verdict {
  const digits = code.replaceAll("-", "");
  if (!/^\d{13}$/.test(digits)) throw new Error(`${code} has not thirteen digits`);
  const sum = [...digits].reduce((sum, digit, i) => sum + Number(digit) * (i % 2 === 0 ? 1 : 3), 0);
  return { valid: sum % 10 === 0, digits };
}
