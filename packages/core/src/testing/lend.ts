/** Registers what is to be done after all tests, such as vitest's `afterAll` or `after` of `node:test`. */
export type AfterAll = (run: () => Promise<void>) => void;

/** Has work done with something that is disposed in time. */
export type Lend<Key, Thing> = (key: Key, work: (thing: Thing) => Promise<void>) => Promise<void>;

/** So many things are kept to be lent again. */
const mostKept = 3;

/**
 * Lends tests what takes long to make: the same thing to all that ask for it by the same key, one after another, where
 * it can be disposed after all tests; else a new one to each.
 *
 * After work that failed, the thing is not lent again.
 */
export function lend<Key, Thing extends AsyncDisposable>(
  make: (key: Key) => Thing | Promise<Thing>,
  afterAll: AfterAll | undefined,
): Lend<Key, Thing> {
  if (!afterAll) {
    return async (key, work) => {
      await using thing = await make(key);
      await work(thing);
    };
  }
  /** The one that was lent last comes last. */
  const kept = new Map<Key, Thing>();
  const dispose = async (key: Key): Promise<void> => {
    const thing = kept.get(key);
    kept.delete(key);
    await thing?.[Symbol.asyncDispose]();
  };
  afterAll(async () => {
    await Promise.all([...kept.keys()].map(dispose));
  });
  return async (key, work) => {
    const thing = kept.get(key) ?? (await make(key));
    kept.delete(key);
    kept.set(key, thing);
    const [oldest] = kept.keys();
    if (kept.size > mostKept && oldest !== undefined) await dispose(oldest);
    try {
      await work(thing);
    } catch (error) {
      // What the work failed with tells more.
      await dispose(key).catch(() => undefined);
      throw error;
    }
  };
}
