/** A name for a package, of any text: letters, digits and `-`. */
export function packageName(text: string): string {
  const name = text
    .replace(/^.*\//, "")
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-");
  return name.slice(0, 60).replace(/^-+|-+$/g, "");
}
