import { readdirSync, readFileSync } from "node:fs";

/** O_CLOEXEC, as `/proc` writes it: in octal. */
const closeOnExec = 0o2000000;

/**
 * Descriptors of this process that every child would inherit.
 *
 * Node closes its own for its children, but not those that it was started with or that native code has opened.
 *
 * @param from - The lowest number that matters.
 */
export function strayDescriptors(from: number): number[] {
  const open = readdirSync("/proc/self/fd").map(Number);
  return open.filter((descriptor) => descriptor >= from && isInherited(descriptor));
}

function isInherited(descriptor: number): boolean {
  try {
    const flags = /^flags:\s*([0-7]+)$/m.exec(readFileSync(`/proc/self/fdinfo/${descriptor}`, "utf8"))?.[1];
    return (Number.parseInt(flags ?? "0", 8) & closeOnExec) === 0;
  } catch {
    // It has been closed meanwhile: the one that listed the descriptors, for example.
    return false;
  }
}
