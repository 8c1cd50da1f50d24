/** What a letter costs to send. */
export interface Postage {
  /** In cents. */
  price: number;
  /** Days until it arrives. */
  days: number;
}

/**
 * Compute the postage of a letter.
 *
 * @param grams - Weight of the letter. @minimum 1 @maximum 1000
 * @param abroad - Whether it goes to another country.
 * @returns The price and how long it takes.
 * @annotation readOnly
 *
 * @example
 * await postage(20); // => { price: 95, days: 2 }
 * await postage(20, true); // => { price: 125, days: 5 }
 */
export function postage(grams: number, abroad: boolean = false): Postage {
  const [price] = [20, 50, 500, 1000].flatMap((most, i) => (grams <= most ? [95 + 40 * i + 60 * i * i] : []));
  if (price === undefined) throw new Error("heavier than a letter may be");
  return { price: abroad ? price + 30 * Math.ceil(grams / 20) : price, days: abroad ? 5 : 2 };
}
