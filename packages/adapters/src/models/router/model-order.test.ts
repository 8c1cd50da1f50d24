import type { Model } from "@smoltools/core";
import { ScriptedModel } from "@smoltools/core/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ModelOrder } from "./model-order.ts";
import { type RouterModelOptions, settingsOf } from "./options.ts";

const a = new ScriptedModel([], "a");
const b = new ScriptedModel([], "b");
const c = new ScriptedModel([], "c");

function orderOf(options: Partial<RouterModelOptions> = {}, random?: () => number): ModelOrder {
  return new ModelOrder(settingsOf({ models: [a, b, c], ...options }), random);
}
const ids = (models: Model[]): string => models.map(({ id }) => id).join("");

describe("the order of models", () => {
  it("is the given one with fallback", () => {
    const order = orderOf();
    expect([ids(order.next(0)), ids(order.next(0))]).toEqual(["abc", "abc"]);
  });

  it("begins with each in its turn with round-robin", () => {
    const order = orderOf({ strategy: "round-robin" });
    expect([1, 2, 3, 4].map(() => ids(order.next(0)))).toEqual(["abc", "bca", "cab", "abc"]);
  });

  it("is drawn by weight with random", () => {
    const models = [{ model: a, weight: 1 }, { model: b, weight: 8 }, c];
    const drawn = (point: number): string => ids(orderOf({ strategy: "random", models }, () => point).next(0));
    expect([drawn(0), drawn(0.5), drawn(0.95)]).toEqual(["abc", "bca", "cba"]);
  });

  it("holds each model once, whatever chance says", () => {
    const points = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(points, (numbers) => {
        const order = orderOf({ strategy: "random" }, () => numbers.pop() ?? 0);
        expect(ids(order.next(0).sort((x, y) => x.id.localeCompare(y.id)))).toBe("abc");
      }),
    );
  });

  it("puts a model that failed behind the others until it has cooled down", () => {
    const order = orderOf({ coolDownMs: 1000 });
    order.failed(a, 5000);
    expect([5000, 5999, 6000].map((now) => ids(order.next(now)))).toEqual(["bca", "bca", "abc"]);
  });

  it("takes a model that answered back into its place", () => {
    const order = orderOf();
    order.failed(a, 0);
    order.answered(a);
    expect(ids(order.next(1))).toBe("abc");
  });

  it("is as given when all have failed", () => {
    const order = orderOf();
    for (const model of [a, b, c]) order.failed(model, 0);
    expect(ids(order.next(1))).toBe("abc");
  });
});
