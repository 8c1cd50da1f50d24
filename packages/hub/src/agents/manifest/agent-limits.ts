/** The limits of a saved agent. */
export interface AgentLimits {
  /** Agents above one another, the first one included. */
  maxDepth: number;
  /** Agents in all. */
  maxAgents: number;
  /** Tools of all agents together. */
  maxTools: number;
  /** Longest prompt, and longest instructions, in characters. */
  maxTextLength: number;
  /** Most steps of a run. */
  maxSteps: number;
  /** Largest file of an agent that smolagents saved, in bytes. */
  maxSourceBytes: number;
}

/** The limits that hold for every agent, when it is saved and when it is loaded. */
export const agentLimits: Readonly<AgentLimits> = Object.freeze({
  maxDepth: 5,
  maxAgents: 40,
  maxTools: 200,
  maxTextLength: 100_000,
  maxSteps: 1000,
  maxSourceBytes: 1024 * 1024,
});
