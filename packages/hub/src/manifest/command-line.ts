/**
 * A program with its arguments as one text, as a shell would take it: what is shown to people, and what
 * `permissions.run` grants.
 */
export function commandLine(command: string, args: readonly string[]): string {
  return [command, ...args].map(word).join(" ");
}

const wordPattern = String.raw`(?:[\w@%+=:,./-]+|'(?:[^']|'\\'')*')`;
const linePattern = new RegExp(`^${wordPattern}(?: ${wordPattern})*$`);

/** Tells whether a text is one that {@link commandLine} makes, of nothing that is invisible. */
export function isCommandLine(text: string): boolean {
  return linePattern.test(text) && !/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(text);
}

function word(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
