import type { Permissions } from "./permissions.ts";

const hostPattern =
  /^(?:\*\.)?(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?::\d{1,5})?$/;
const ipv6Pattern = /^\[[0-9a-f:.]+\](?::\d{1,5})?$/;

/**
 * Says what is wrong with one permission as an author wrote it.
 *
 * @returns `undefined` when it is well formed.
 */
export function permissionProblem(kind: keyof Permissions, value: string): string | undefined {
  if (value === "" || value.length > 255) return "it is empty or longer than 255 characters";
  // Whoever grants it has to see it as it is.
  if (/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(value)) return "it holds invisible or control characters";
  switch (kind) {
    case "net":
      return hostProblem(value);
    case "env":
      return /^[A-Za-z_][A-Za-z0-9_]*$/.test(value) ? undefined : "it is not the name of an environment variable";
    case "read":
    case "write":
      return value.split("/").includes("..") ? 'it holds ".."' : undefined;
    case "run":
      return /^[\w.+-]+$/.test(value) ? undefined : "name the program alone, without path and arguments";
  }
}

function hostProblem(value: string): string | undefined {
  if (/^[a-z]+:\/\//i.test(value)) return "name the host alone, without https:// and path";
  if (value !== value.toLowerCase()) return "write the host in lower case";
  if (value === "*") return "name the hosts: a package may not ask for all of them";
  if (/[^\0-\x7f]/.test(value)) return "write the host in its form of ASCII letters, which begins with xn--";
  if (!hostPattern.test(value) && !ipv6Pattern.test(value)) return "it is not a host or host:port";
  const [, name = "", port] = /^(.*?)(?::(\d+))?$/.exec(value) ?? [];
  if (port !== undefined && (port.startsWith("0") || Number(port) > 65_535)) return `${port} is not a port`;
  // Requests name their host in one form alone: another one, such as 127.1, would never be met.
  const anyName = name.replace(/^\*\./, "any.");
  if (!URL.canParse(`http://${anyName}`)) return "it is not a host or host:port";
  const { hostname } = new URL(`http://${anyName}`);
  if (hostname !== anyName) return `write the address as ${hostname}`;
  if (name.startsWith("*.") && !name.includes(".", 2)) return "name the domain: a package may not ask for all of them";
  return undefined;
}
