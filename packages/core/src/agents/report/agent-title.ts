/** What an agent is called in reports. */
export function agentTitle(kind: "code" | "tool-calling", name: string | undefined): string {
  const title = kind === "code" ? "CodeAgent" : "ToolCallingAgent";
  return name === undefined ? title : `${title} ${name}`;
}
