/**
 * What stands between the code of a sandbox and the machine.
 *
 * - `"engine"`: the code runs in an engine that shows it nothing of the machine, as in QuickJS.
 * - `"process"`: the code owns a process, a container or a machine with nothing in it. It may use whatever the language
 *   has there, and reaches nothing by it.
 */
export type Isolation = "engine" | "process";
