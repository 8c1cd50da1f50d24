import { isMediaRef, type MediaRef } from "../../media/media-ref.ts";
import { start } from "./excerpt.ts";
import { literalLine } from "./literal-text.ts";

/** How deep objects are shown. */
const maxDepth = 8;
/** How many bytes of binary data are shown. */
const maxBytes = 16;

/**
 * Any value on one line, for people: JSON where it is JSON, and something readable where it is not, such as bytes,
 * maps, errors and values that contain themselves. Never throws, and looks at no more of the value than it shows.
 *
 * @param maxCharacters - How long the text may become, before escapes.
 */
export function valueText(value: unknown, maxCharacters: number): string {
  const printer = new ValuePrinter(maxCharacters);
  printer.print(value);
  return literalLine(start(printer.text, maxCharacters));
}

class ValuePrinter {
  text = "";
  readonly #maxCharacters: number;
  readonly #above = new Set<object>();

  constructor(maxCharacters: number) {
    this.#maxCharacters = maxCharacters;
  }

  print(value: unknown): void {
    if (typeof value === "object" && value !== null) this.#printObject(value);
    else if (typeof value === "string") this.#printString(value);
    else this.text += primitiveText(value);
  }

  get #isFull(): boolean {
    return this.text.length >= this.#maxCharacters;
  }

  #printString(value: string): void {
    const room = Math.max(this.#maxCharacters - this.text.length, 0);
    this.text += value.length <= room ? JSON.stringify(value) : `${JSON.stringify(value.slice(0, room))}…`;
  }

  #printObject(value: object): void {
    if (this.#above.has(value)) {
      this.text += "(itself)";
      return;
    }
    this.#above.add(value);
    try {
      this.#printParts(value);
    } catch {
      // A getter or a proxy that throws.
      this.text += "(not readable)";
    }
    this.#above.delete(value);
  }

  #printParts(value: object): void {
    const leaf = leafText(value);
    if (leaf !== undefined) this.text += leaf;
    else if (this.#above.size > maxDepth) this.text += "…";
    else if (Array.isArray(value)) this.#printList("[", value, "]", (item) => this.print(item));
    else if (value instanceof Set) this.#printList("Set [", value, "]", (item) => this.print(item));
    else if (value instanceof Map) {
      this.#printList("Map {", value, "}", ([key, inner]: [unknown, unknown]) => {
        this.print(key);
        this.text += " => ";
        this.print(inner);
      });
    } else {
      this.#printList(`${className(value)}{`, Object.keys(value), "}", (key) => {
        this.text += `${JSON.stringify(key)}:`;
        this.print(Reflect.get(value, key));
      });
    }
  }

  #printList<Item>(open: string, items: Iterable<Item>, close: string, print: (item: Item) => void): void {
    this.text += open;
    let isFirst = true;
    for (const item of items) {
      if (!isFirst) this.text += ",";
      isFirst = false;
      if (this.#isFull) {
        this.text += "…";
        break;
      }
      print(item);
    }
    this.text += close;
  }
}

function primitiveText(value: unknown): string {
  if (typeof value === "function") return "(function)";
  if (typeof value === "bigint") return `${value}n`;
  return Object.is(value, -0) ? "-0" : String(value);
}

/** The text of an object that is shown as one thing. */
function leafText(value: object): string | undefined {
  if (isMediaRef(value)) return mediaText(value);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? "(invalid date)" : value.toISOString();
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  if (value instanceof RegExp || value instanceof URL) return String(value);
  if (value instanceof ArrayBuffer) return bytesText("ArrayBuffer", new Uint8Array(value));
  if (!ArrayBuffer.isView(value)) return undefined;
  const { buffer, byteOffset, byteLength } = value;
  return bytesText(value.constructor.name, new Uint8Array(buffer, byteOffset, byteLength));
}

/** What a piece of media is, without its content. */
function mediaText({ mediaType, name, url, data }: MediaRef): string {
  const size = data === undefined ? url : `${data.byteLength} bytes`;
  return `(${[mediaType, name, size].filter((part) => part !== undefined).join(", ")})`;
}

function bytesText(type: string, bytes: Uint8Array): string {
  const shown = Array.from(bytes.subarray(0, maxBytes), (byte) => byte.toString(16).padStart(2, "0"));
  const more = bytes.length > maxBytes ? " …" : "";
  return `${type} of ${bytes.length} bytes <${shown.join(" ")}${more}>`;
}

/** Empty for plain objects, of another realm too. */
function className(value: object): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === null || Object.getPrototypeOf(prototype) === null) return "";
  const name: unknown = value.constructor?.name;
  return typeof name === "string" && name !== "" ? `${name} ` : "";
}
