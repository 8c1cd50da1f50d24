/**
 * The text of anything that can be thrown. Never throws itself.
 *
 * @param thrown - An error, of another realm too, or whatever else a program threw.
 */
export function errorMessage(thrown: unknown): string {
  if (typeof thrown === "string") return thrown;
  try {
    if (isError(thrown)) return String(thrown.message || thrown.name);
    return JSON.stringify(thrown) ?? String(thrown);
  } catch {
    // It contains itself, or cannot be read.
    return kindOf(thrown);
  }
}

/** For want of words. `String` throws for objects that have no text, and anything may for what refuses to be read. */
function kindOf(thrown: unknown): string {
  try {
    return typeof thrown === "object" ? Object.prototype.toString.call(thrown) : String(thrown);
  } catch {
    return typeof thrown;
  }
}

/** `instanceof` does not know the errors of another realm, such as those of `node:vm`. */
function isError(value: unknown): value is Error {
  return value instanceof Error || Object.prototype.toString.call(value) === "[object Error]";
}
