import { expect, test } from "vitest";
import { lend } from "./lend.ts";

interface Thing extends AsyncDisposable {
  number: number;
  disposed: boolean;
}

/** A lender of numbered things, what it made, and what is to be done after all tests. */
function lender(isShared: boolean): {
  numberFor(key: string): Promise<number>;
  failFor(key: string): Promise<void>;
  made: Thing[];
  end(): Promise<void>;
} {
  const made: Thing[] = [];
  const ends: (() => Promise<void>)[] = [];
  const make = (): Thing => {
    const thing: Thing = {
      number: made.length + 1,
      disposed: false,
      [Symbol.asyncDispose]: async () => {
        thing.disposed = true;
      },
    };
    made.push(thing);
    return thing;
  };
  const use = lend(make, isShared ? (run) => void ends.push(run) : undefined);
  return {
    numberFor: async (key) => {
      let number = 0;
      await use(key, async (thing: Thing) => {
        expect(thing.disposed).toBe(false);
        number = thing.number;
      });
      return number;
    },
    failFor: (key) => use(key, () => Promise.reject(new Error("no"))),
    made,
    end: async () => {
      for (const run of ends) await run();
    },
  };
}

test("each test has a thing of its own where nothing can be disposed after all of them", async () => {
  const { numberFor, failFor, made } = lender(false);
  expect([await numberFor("a"), await numberFor("a")]).toEqual([1, 2]);
  await expect(failFor("a")).rejects.toThrow("no");
  expect(made.map(({ disposed }) => disposed)).toEqual([true, true, true]);
});

test("the same thing is lent for the same key, until the end", async () => {
  const { numberFor, made, end } = lender(true);
  expect([await numberFor("a"), await numberFor("b"), await numberFor("a")]).toEqual([1, 2, 1]);
  expect(made.some(({ disposed }) => disposed)).toBe(false);
  await end();
  expect(made.every(({ disposed }) => disposed)).toBe(true);
});

test("of many things the three that were lent last are kept", async () => {
  const { numberFor, made } = lender(true);
  for (const key of ["a", "b", "c", "a", "d"]) await numberFor(key);
  expect(made.filter(({ disposed }) => disposed).map(({ number }) => number)).toEqual([2]);
  expect([await numberFor("a"), await numberFor("b")]).toEqual([1, 5]);
});

test("what work failed with is told, whatever then becomes of the thing", async () => {
  const make = (): AsyncDisposable => ({ [Symbol.asyncDispose]: () => Promise.reject(new Error("stuck")) });
  const use = lend(make, () => undefined);
  await expect(use("a", () => Promise.reject(new Error("no")))).rejects.toThrow("no");
});

test("a thing with which work failed is not lent again", async () => {
  const { numberFor, failFor, made } = lender(true);
  await numberFor("a");
  await expect(failFor("a")).rejects.toThrow("no");
  expect(made[0]?.disposed).toBe(true);
  expect(await numberFor("a")).toBe(2);
});
