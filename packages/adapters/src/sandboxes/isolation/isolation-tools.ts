import { constants } from "node:fs";
import { access } from "node:fs/promises";
import { delimiter, isAbsolute, join } from "node:path";

/** The programs that isolation is made with, as absolute paths. */
export interface IsolationTools {
  /** bubblewrap: makes the namespaces and starts the guest in them. */
  bwrap: string;
  /** prlimit, of util-linux: sets the limits of the guest, inside. */
  prlimit: string;
}

/** Where systems keep programs, for hosts that run with a short search path. */
const usualFolders = ["/usr/local/bin", "/usr/bin", "/bin"];

const packages: Readonly<Record<keyof IsolationTools, { name: string; from: string }>> = {
  bwrap: { name: "bubblewrap (bwrap)", from: "bubblewrap" },
  prlimit: { name: "prlimit", from: "util-linux" },
};

/** Finds the programs; a text says which one is missing and how to install it. */
export async function findIsolationTools(folders: readonly string[] = searchPath()): Promise<IsolationTools | string> {
  const [bwrap, prlimit] = await Promise.all([find("bwrap", folders), find("prlimit", folders)]);
  if (bwrap === undefined) return missing("bwrap");
  if (prlimit === undefined) return missing("prlimit");
  return { bwrap, prlimit };
}

function missing(tool: keyof IsolationTools): string {
  const { name, from } = packages[tool];
  const install = ["apt install", "dnf install", "pacman -S", "apk add"].map((command) => `${command} ${from}`);
  return `${name} is not installed: ${install.join(", or ")}`;
}

function searchPath(): string[] {
  return [...(process.env.PATH ?? "").split(delimiter).filter(isAbsolute), ...usualFolders];
}

async function find(program: string, folders: readonly string[]): Promise<string | undefined> {
  for (const folder of folders) {
    const path = join(folder, program);
    if (await isExecutable(path)) return path;
  }
  return undefined;
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
