/** Tells an `agent.json` of smoltools, which has a schemaVersion, from one that smolagents wrote. */
export function isSmoltoolsAgent(file: unknown): boolean {
  return typeof file === "object" && file !== null && Object.hasOwn(file, "schemaVersion");
}
