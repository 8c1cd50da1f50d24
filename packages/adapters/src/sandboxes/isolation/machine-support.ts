import { existsSync, readFileSync } from "node:fs";
import { seccompFilters } from "./seccomp/filters.ts";

/** The first Linux that counts threads by namespace: before, the limit would count all of the user's. */
const oldestLinux: readonly [number, number] = [5, 14];

/** Why there is no isolation on this kind of machine; undefined when there is. */
export function unsupportedMachine(platform: string, architecture: string, release: string): string | undefined {
  if (platform !== "linux") return `programs are isolated with namespaces, which Linux has and ${platform} has not`;
  if (seccompFilters[architecture] === undefined) {
    const known = Object.keys(seccompFilters).join(" and ");
    return `there is no filter of system calls for ${architecture}: there are filters for ${known}`;
  }
  const [major = 0, minor = 0] = release.split(/[.-]/).map(Number);
  const [oldMajor, oldMinor] = oldestLinux;
  if (major > oldMajor || (major === oldMajor && minor >= oldMinor)) return undefined;
  return `Linux ${oldMajor}.${oldMinor} or later is needed, for limits that hold in each namespace: this is ${release}`;
}

/** Settings and places that forbid namespaces, and how to allow them. */
const restrictions: readonly { applies: () => boolean; remedy: string }[] = [
  {
    applies: () => setting("kernel/apparmor_restrict_unprivileged_userns") === "1",
    remedy:
      "AppArmor allows user namespaces to programs with a profile only: load the one of bwrap (on Ubuntu: apt install " +
      "apparmor-profiles, copy /usr/share/apparmor/extra-profiles/bwrap-userns-restrict to /etc/apparmor.d, and " +
      "systemctl reload apparmor), or set kernel.apparmor_restrict_unprivileged_userns=0 with sysctl",
  },
  {
    applies: () => setting("kernel/unprivileged_userns_clone") === "0",
    remedy: "set kernel.unprivileged_userns_clone=1 with sysctl",
  },
  {
    applies: () => setting("user/max_user_namespaces") === "0",
    remedy: "set user.max_user_namespaces to 10000, for example, with sysctl",
  },
  {
    applies: () => existsSync("/.dockerenv") || existsSync("/run/.containerenv"),
    remedy:
      "this is a container: run it with `--security-opt seccomp=unconfined --security-opt apparmor=unconfined`, or " +
      "use the sandbox of Docker itself",
  },
];

/** Explains why the trial failed, from what bubblewrap said. */
export function explainFailure(said: string): string {
  const start = `bubblewrap cannot isolate programs on this machine (it says: ${said.slice(0, 300)})`;
  if (/unknown option/i.test(said)) return `${start}: bubblewrap 0.8 or later is needed`;
  const remedies = restrictions.filter(({ applies }) => applies()).map(({ remedy }) => remedy);
  return `${start}: ${remedies.length > 0 ? remedies.join("; ") : "user namespaces have to be allowed"}`;
}

function setting(name: string): string | undefined {
  try {
    return readFileSync(`/proc/sys/${name}`, "utf8").trim();
  } catch {
    return undefined;
  }
}
