/** An agent in the form of smolagents, as its folder has it: nothing of it is believed yet but its form. */
export interface SmolagentsFolder {
  /** `agent.json`. */
  file: Readonly<Record<string, unknown>>;
  /** The source text of each tool, by name, in order. */
  tools: ReadonlyMap<string, string>;
  /** The managed agents, by name, in order. */
  managedAgents: ReadonlyMap<string, SmolagentsFolder>;
}
