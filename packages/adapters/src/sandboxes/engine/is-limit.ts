import { defaultSandboxLimits, type SandboxLimits } from "@smoltools/core";

/** Whether a name, which may come from a guest, is that of a limit. */
export function isLimit(name: string | undefined): name is keyof SandboxLimits {
  return name !== undefined && Object.hasOwn(defaultSandboxLimits, name);
}
