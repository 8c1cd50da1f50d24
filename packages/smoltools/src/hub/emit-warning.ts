import type { LoadWarning } from "@smoltools/hub";

/** Shows a warning as Node.js shows its own: for callers that do not listen to warnings themselves. */
export function emitWarning({ message, code }: LoadWarning): void {
  process.emitWarning(message, { type: "SmoltoolsWarning", code });
}
