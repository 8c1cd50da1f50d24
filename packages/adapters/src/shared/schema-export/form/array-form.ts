import { canonicalJson, type JsonSchema, type JsonSchemaObject, typeText } from "@smoltools/core";
import type { Form, FormContext } from "./form.ts";

/** The form of a list. */
export function arrayForm(schema: JsonSchemaObject, context: FormContext): Form {
  const { prefix, rest } = itemSchemas(schema);
  const kept = context.kept(schema);
  const positions = prefix.map((item) => context.form(item));
  const others = rest === undefined && context.dialect.anything === "native" ? undefined : context.form(rest ?? true);
  const decodeItem = (item: unknown, index: number): unknown => {
    const form = positions[index] ?? others;
    return form ? form.decode(item) : item;
  };
  const decode = (value: unknown): unknown => (Array.isArray(value) ? value.map(decodeItem) : value);
  if (positions.length === 0 && rest === false) {
    const none = context.dialect.keeps("maxItems", 0) ? { maxItems: 0 } : { description: "(always empty)" };
    return { schema: { type: "array", items: { type: "string" }, ...kept, ...none }, decode };
  }
  if (positions.length === 0) {
    return { schema: { type: "array", ...(others && { items: others.schema }), ...kept }, decode };
  }
  const most = rest === false ? { maxItems: Math.min(positions.length, schema.maxItems ?? Infinity) } : {};
  const limits = { ...kept, ...(context.dialect.keeps("maxItems", most.maxItems) ? most : {}) };
  if (context.dialect.tuples === "native") {
    const items = rest === false || !others ? {} : { items: others.schema };
    const prefixItems = positions.map((form) => form.schema);
    return { schema: { type: "array", prefixItems, ...items, ...limits }, decode };
  }
  const forms = rest === false || !others ? positions : [...positions, others];
  const description = `Order: ${prefix.map(titleOf).join(", ")}${rest === false ? "" : ", …"}.`;
  return { schema: { type: "array", items: anyOfThese(forms), ...limits, description }, decode };
}

/** The items of fixed positions, and what may follow: absent for anything. `items` was a list in older drafts. */
function itemSchemas(schema: JsonSchemaObject): { prefix: readonly JsonSchema[]; rest: JsonSchema | undefined } {
  const { prefixItems, items } = schema;
  const list: unknown = items;
  if (!Array.isArray(list)) return { prefix: prefixItems ?? [], rest: items };
  return { prefix: list as JsonSchema[], rest: (schema as { additionalItems?: JsonSchema }).additionalItems };
}

function titleOf(item: JsonSchema): string {
  const title = typeof item === "object" ? item.title : undefined;
  return title ?? typeText(item, { bare: true });
}

/** One schema for items of several: what tells positions apart is in the description of the list. */
function anyOfThese(forms: readonly Form[]): JsonSchemaObject {
  const distinct = new Map<string, JsonSchemaObject>();
  for (const { schema } of forms) {
    const { title: _, ...shown } = schema;
    const key = canonicalJson(shown);
    if (!distinct.has(key)) distinct.set(key, shown);
  }
  const [only = {}, ...more] = distinct.values();
  return more.length === 0 ? only : { anyOf: [...distinct.values()] };
}
