import type { JsonSchemaObject } from "@smoltools/core";
import type { TupleElement, TypeView } from "../../engine/port.ts";
import type { Derivation, Spot } from "../derivation.ts";
import { refuseType } from "../survey/refuse-type.ts";

/** The schema of an array. */
export function arraySchema(item: TypeView, spot: Spot, derivation: Derivation): JsonSchemaObject {
  return { type: "array", items: derivation.schemaOf(item, itemSpot(spot)) };
}

/** The schema of a tuple; labels become titles. */
export function tupleSchema(
  type: TypeView,
  elements: readonly TupleElement[],
  spot: Spot,
  derivation: Derivation,
): JsonSchemaObject {
  const rest = elements.findIndex(({ kind }) => kind === "rest");
  if (rest !== -1 && rest < elements.length - 1) {
    const what = "is a tuple with elements behind a rest element";
    return refuseType({ code: "E_UNSUPPORTED", what, fix: "put the rest element last" }, type, spot, derivation);
  }
  const fixed = elements.filter(({ kind }) => kind !== "rest");
  const least = fixed.filter(({ kind }) => kind === "required").length;
  const prefixItems = fixed.map((element, index) => {
    const inner: Spot = { ...itemSpot(spot), path: `${spot.path}[${index}]` };
    if (element.kind === "optional") inner.undefinedIs = "absent";
    const schema = derivation.schemaOf(element.type, inner);
    return element.label === undefined ? schema : { ...schema, title: element.label };
  });
  const more = elements[rest];
  return {
    type: "array",
    ...(prefixItems.length > 0 && { prefixItems }),
    items: more ? derivation.schemaOf(more.type, itemSpot(spot)) : false,
    ...(least > 0 && { minItems: least }),
    ...(!more && { maxItems: fixed.length }),
  };
}

/** An item is where its array is; `undefined` may not occur in it. */
export function itemSpot({ path, place, overlay, isForeign }: Spot): Spot {
  return { path: `${path}[]`, place, overlay, isForeign };
}
