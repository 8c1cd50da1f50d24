/** The text of a file of JSON. */
export function jsonText(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
