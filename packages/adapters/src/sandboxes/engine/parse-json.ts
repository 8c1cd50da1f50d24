/**
 * The value of a JSON text of the code, whose shape was looked at before.
 *
 * Members named `__proto__` are left out: JSON makes plain members of them, but who copies such an object member by
 * member sets the prototype of the copy.
 *
 * @throws SyntaxError
 */
export function parseJson(json: string): unknown {
  const value: unknown = JSON.parse(json);
  // A name may be written with escapes.
  if (/__proto__|\\u/.test(json)) dropPrototypes(value);
  return value;
}

function dropPrototypes(value: unknown): void {
  const open = [value];
  for (let part = open.pop(); part !== undefined; part = open.pop()) {
    if (typeof part !== "object" || part === null) continue;
    if (Object.hasOwn(part, "__proto__")) Reflect.deleteProperty(part, "__proto__");
    for (const inner of Object.values(part)) if (typeof inner === "object") open.push(inner);
  }
}
