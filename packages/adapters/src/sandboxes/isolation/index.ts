export type { HostBind } from "./isolated-command.ts";
export { isolationProblem } from "./isolation-problem.ts";
export { launchIsolated } from "./launch-isolated.ts";
