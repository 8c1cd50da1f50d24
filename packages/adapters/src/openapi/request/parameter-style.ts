import { isRecord } from "../../shared/json-access.ts";

/** Where a parameter goes. */
export type ParameterPlace = "path" | "query" | "header" | "cookie";

/** How a parameter is written. Source: OpenAPI 3.1.1, "Style Values" and "Style Examples". */
export interface ParameterStyle {
  readonly style: "simple" | "label" | "matrix" | "form" | "spaceDelimited" | "pipeDelimited" | "deepObject";
  /** Each item and each member is written on its own. */
  readonly explode: boolean;
  /** Characters that mean something in addresses are not encoded. */
  readonly allowReserved: boolean;
}

const stylesByPlace: Readonly<Record<ParameterPlace, readonly ParameterStyle["style"][]>> = {
  path: ["simple", "label", "matrix"],
  query: ["form", "spaceDelimited", "pipeDelimited", "deepObject"],
  header: ["simple"],
  cookie: ["form"],
};

/**
 * How a parameter, or a field of a form, is written.
 *
 * @param object - The parameter object, or the encoding object of the field.
 * @throws Error for a style that does not exist in that place.
 */
export function styleOf(
  name: string,
  place: ParameterPlace,
  object: Readonly<Record<string, unknown>>,
): ParameterStyle {
  const [byDefault = "form"] = stylesByPlace[place];
  const wanted = object["style"] ?? byDefault;
  const style = stylesByPlace[place].find((known) => known === wanted);
  if (style === undefined) throw new Error(`its parameter ${JSON.stringify(name)} has an unknown style for its place`);
  const { explode } = object;
  return {
    style,
    explode: typeof explode === "boolean" ? explode : style === "form" || style === "deepObject",
    allowReserved: place === "query" && object["allowReserved"] === true,
  };
}

/** Names and values of a parameter that is written as pairs, encoded. */
type Pair = readonly [name: string, value: string];

/**
 * A parameter in the path: what takes the place of its name.
 *
 * @param value - An argument, checked against the parameter's schema.
 */
export function pathText(name: string, value: unknown, { style, explode }: ParameterStyle): string {
  const encode = (text: string): string => encoded(text, false);
  if (style === "matrix") {
    const pairs = exploded(name, value, explode, ",", encode);
    return pairs.map(([key, text]) => (text === "" ? `;${key}` : `;${key}=${text}`)).join("");
  }
  const parts = partsOf(value, explode, encode);
  return style === "label" ? `.${parts.join(explode ? "." : ",")}` : parts.join(",");
}

/** A parameter in the query, as `name=value` once or several times; nothing for an empty list. */
export function queryPairs(name: string, value: unknown, { style, explode, allowReserved }: ParameterStyle): Pair[] {
  const encode = (text: string): string => encoded(text, allowReserved);
  if (style === "deepObject" && typeof value === "object" && value !== null) return deepPairs(name, value, encode);
  const separator = style === "spaceDelimited" ? "%20" : style === "pipeDelimited" ? "%7C" : ",";
  return exploded(name, value, explode, separator, encode);
}

/** A parameter in a header. Nothing is encoded there. */
export function headerText(value: unknown, { explode }: ParameterStyle): string {
  return partsOf(value, explode, (text) => text).join(",");
}

/** A parameter as pairs: one, or one for each item or member. */
function exploded(
  name: string,
  value: unknown,
  explode: boolean,
  separator: string,
  encode: (text: string) => string,
): Pair[] {
  const key = encode(name);
  if (Array.isArray(value)) {
    if (explode) return value.map((item) => [key, encode(textOf(item))]);
    return value.length === 0 ? [] : [[key, value.map((item) => encode(textOf(item))).join(separator)]];
  }
  if (!isRecord(value)) return [[key, encode(textOf(value))]];
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  if (explode) return members.map(([member, part]) => [encode(member), encode(textOf(part))]);
  const flat = members.flatMap(([member, part]) => [encode(member), encode(textOf(part))]);
  return flat.length === 0 ? [] : [[key, flat.join(separator)]];
}

/** `filter[age]=3`. How lists and objects within are written OpenAPI leaves open: as most servers read them. */
function deepPairs(name: string, value: object, encode: (text: string) => string): Pair[] {
  return Object.entries(value).flatMap(([key, member]: [string, unknown]): Pair[] => {
    const inner = Array.isArray(value) ? `${name}[]` : `${name}[${key}]`;
    if (member === undefined) return [];
    if (typeof member === "object" && member !== null) return deepPairs(inner, member, encode);
    return [[encode(inner), encode(textOf(member))]];
  });
}

/** The parts of a value that are joined: items, members as `key=value` or as keys and values in turn. */
function partsOf(value: unknown, explode: boolean, encode: (text: string) => string): string[] {
  if (Array.isArray(value)) return value.map((item) => encode(textOf(item)));
  if (!isRecord(value)) return [encode(textOf(value))];
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return members.flatMap(([key, member]) => {
    const [name, text] = [encode(key), encode(textOf(member))];
    return explode ? [`${name}=${text}`] : [name, text];
  });
}

/** A value as text; what is no scalar, which OpenAPI leaves open, as JSON. */
export function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  if (value === null || value === undefined) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** Percent-encoding of RFC 3986: all but the unreserved characters, and the reserved ones where they are allowed. */
function encoded(text: string, allowReserved: boolean): string {
  // Half a pair of surrogates has no encoding.
  const full = encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  if (!allowReserved) return full;
  // An & or # would begin another parameter or the fragment, a + is read as a space.
  return full.replace(/%(?:3A|2F|3F|5B|5D|40|21|24|27|28|29|2A|2C|3B|3D)/g, (code) => decodeURIComponent(code));
}
