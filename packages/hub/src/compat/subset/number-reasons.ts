import type { JsonSchemaObject } from "@smoltools/core";
import { type Place, type Reason, reason } from "./reason.ts";

interface Bound {
  value: number;
  isExclusive: boolean;
}

/** Why numbers of the inner schema do not fit the bounds and steps of the outer one. */
export function numberReasons(inner: JsonSchemaObject, outer: JsonSchemaObject, place: Place): Reason[] {
  const reasons: Reason[] = [];
  const range = (why: string) => reasons.push(reason("range", why, place, inner, outer));
  const [low, outerLow] = [lowest(inner), lowest(outer)];
  const [high, outerHigh] = [highest(inner), highest(outer)];
  if (outerLow && (!low || isBelow(low, outerLow))) range(`must be ${text(outerLow, ">")}`);
  if (outerHigh && (!high || isBelow(negated(high), negated(outerHigh)))) range(`must be ${text(outerHigh, "<")}`);
  const step = inner.multipleOf ?? (inner.type === "integer" ? 1 : undefined);
  const { multipleOf } = outer;
  if (multipleOf !== undefined && (step === undefined || !Number.isSafeInteger(step / multipleOf))) {
    range(`must be a multiple of ${multipleOf}`);
  }
  return reasons;
}

function lowest({ type, minimum, exclusiveMinimum }: JsonSchemaObject): Bound | undefined {
  return stricter(type, minimum, exclusiveMinimum);
}

function highest({ type, maximum, exclusiveMaximum }: JsonSchemaObject): Bound | undefined {
  const minus = (value: number | undefined) => (value === undefined ? undefined : -value);
  const bound = stricter(type, minus(maximum), minus(exclusiveMaximum));
  return bound && negated(bound);
}

/** The stricter of two lower bounds; among integers, the least one that is allowed. */
function stricter(
  type: JsonSchemaObject["type"],
  inclusive: number | undefined,
  exclusive: number | undefined,
): Bound | undefined {
  const bounds: Bound[] = [];
  if (inclusive !== undefined) bounds.push({ value: inclusive, isExclusive: false });
  if (exclusive !== undefined) bounds.push({ value: exclusive, isExclusive: true });
  const bound = bounds.reduce<Bound | undefined>(
    (best, next) => (best && !isBelow(best, next) ? best : next),
    undefined,
  );
  if (!bound || type !== "integer") return bound;
  return { value: bound.isExclusive ? Math.floor(bound.value) + 1 : Math.ceil(bound.value), isExclusive: false };
}

/** True when a lower bound lets values through that another does not. */
function isBelow(bound: Bound, other: Bound): boolean {
  return bound.value < other.value || (bound.value === other.value && !bound.isExclusive && other.isExclusive);
}

function negated({ value, isExclusive }: Bound): Bound {
  return { value: -value, isExclusive };
}

function text({ value, isExclusive }: Bound, sign: string): string {
  return `${sign}${isExclusive ? "" : "="} ${value}`;
}
