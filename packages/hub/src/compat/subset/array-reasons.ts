import type { JsonSchema, JsonSchemaObject } from "@smoltools/core";
import { type Comparison, type Place, type Reason, reason, within } from "./reason.ts";

/** Why arrays of the inner schema do not fit the outer one: how many items, and which. */
export function arrayReasons(
  comparison: Comparison,
  inner: JsonSchemaObject,
  outer: JsonSchemaObject,
  place: Place,
): readonly Reason[] {
  const reasons: Reason[] = [];
  const add = (kind: Reason["kind"], why: string) => reasons.push(reason(kind, why, place, inner, outer));
  const most = mostItems(inner);
  const outerMost = mostItems(outer);
  const { minItems = 0, uniqueItems = false } = outer;
  if ((inner.minItems ?? 0) < minItems) add("count", `must have at least ${minItems} items`);
  if (most > outerMost) add("count", `must have at most ${outerMost} items`);
  if (uniqueItems && !inner.uniqueItems && most > 1) add("unique", "must not have an item twice");
  const positions = Math.max(inner.prefixItems?.length ?? 0, outer.prefixItems?.length ?? 0);
  const named = Math.min(positions, most, outerMost);
  for (let index = 0; index < named; index++) {
    const isNamed = index < (outer.prefixItems?.length ?? 0);
    const keys = isNamed ? ["prefixItems", String(index)] : ["items"];
    reasons.push(...comparison.compare(itemAt(inner, index), itemAt(outer, index), within(place, ...keys)));
  }
  if (Math.min(most, outerMost) > positions) {
    reasons.push(...comparison.compare(inner.items ?? true, outer.items ?? true, within(place, "items")));
  }
  return reasons;
}

function mostItems({ maxItems = Infinity, items, prefixItems = [] }: JsonSchemaObject): number {
  return items === false ? Math.min(maxItems, prefixItems.length) : maxItems;
}

function itemAt({ prefixItems = [], items = true }: JsonSchemaObject, index: number): JsonSchema {
  return prefixItems[index] ?? items;
}
