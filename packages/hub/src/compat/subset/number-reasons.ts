import { type JsonSchemaObject, SchemaValidator } from "@smoltools/core";
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
  const { multipleOf } = outer;
  const accepts = multipleOf === undefined ? undefined : new SchemaValidator({ multipleOf });
  if (accepts && !stepsOf(inner).some((step) => accepts.findings(step).length === 0)) {
    range(`must be a multiple of ${multipleOf}`);
  }
  return reasons;
}

/** Numbers of which all that are accepted are multiples: a multiple of these is one of all that they are multiples of. */
function stepsOf({ type, multipleOf }: JsonSchemaObject): number[] {
  return [...(multipleOf === undefined ? [] : [multipleOf]), ...(type === "integer" ? [1] : [])];
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
  const value = bound.isExclusive ? Math.floor(bound.value) + 1 : Math.ceil(bound.value);
  // Beyond them, the next integer is not the next number.
  return Number.isSafeInteger(value) ? { value, isExclusive: false } : bound;
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
