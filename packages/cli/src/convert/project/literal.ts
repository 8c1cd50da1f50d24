/** Widest line of what is written. */
const width = 110;

/**
 * A JSON value as JavaScript, as a person would write it: on one line where there is room, and names without quotes where
 * they need none.
 *
 * @param indent - Spaces before each line but the first.
 * @param used - Characters that stand before it in its first line.
 */
export function literal(value: unknown, indent = 0, used: number = indent): string {
  const flat = oneLine(value);
  if (used + flat.length <= width || typeof value !== "object" || value === null) return flat;
  const inner = indent + 2;
  const pad = " ".repeat(inner);
  const lines = Array.isArray(value)
    ? value.map((item) => `${pad}${literal(item, inner)},`)
    : membersOf(value).map(([key, member]) => {
        const start = `${pad}${nameOf(key)}: `;
        return `${start}${literal(member, inner, start.length)},`;
      });
  const [open, close] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
  return `${open}\n${lines.join("\n")}\n${" ".repeat(indent)}${close}`;
}

function oneLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(oneLine).join(", ")}]`;
  if (typeof value !== "object" || value === null) return scalar(value);
  const members = membersOf(value).map(([key, member]) => `${nameOf(key)}: ${oneLine(member)}`);
  return members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;
}

/** What JSON leaves out is left out. */
function membersOf(value: object): [string, unknown][] {
  return Object.entries(value).filter(([, member]) => member !== undefined);
}

/** Line separators would be invisible in a source file; text that steers a terminal or an editor is written as codes. */
function scalar(value: unknown): string {
  return (JSON.stringify(value) ?? "null").replace(
    /[\u007f-\u009f\u2028\u2029]|\p{Bidi_Control}/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** `__proto__: …` in an object of JavaScript is no member of it, whether it stands in quotes or not. */
function nameOf(key: string): string {
  if (key === "__proto__") return '["__proto__"]';
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : scalar(key);
}
