import { isIP } from "node:net";
import { PermissionError } from "../../errors/permission-error.ts";
import { permissionProblem } from "../../manifest/permission-problem.ts";

/** A host that may be reached. */
export interface DeclaredHost {
  /** A name or address as addresses of the web have it, `*.` and a name, or `*`. */
  name: string;
  /** Absent for port 443 of `https:` alone. */
  port?: string;
}

/**
 * Reads a host as it is declared: `api.example.com`, `api.example.com:8443`, `*.example.com`, `[::1]:8080`; and `*` or
 * `*:80`, which no package may declare.
 *
 * @throws PermissionError `PERMISSION_INVALID`: what is misspelt would permit nothing, and nobody would know why.
 */
export function declaredHost(text: string): DeclaredHost {
  const [, name = "", port] = /^(.*?)(?::(\d+))?$/s.exec(text) ?? [];
  // Any host serves to judge the port of all hosts.
  const problem = permissionProblem("net", name === "*" ? text.replace("*", "example.com") : text);
  if (problem !== undefined) {
    throw new PermissionError(`The host ${JSON.stringify(text)} is written wrongly: ${problem}`, {
      code: "PERMISSION_INVALID",
      data: { kind: "net", value: text },
    });
  }
  return { name, ...(port !== undefined && { port }) };
}

/**
 * Tells whether a declared host covers where a request goes.
 *
 * A host without a port stands for port 443 of `https:` alone; `host:80` and other ports must be written out.
 * `*.example.com` stands for every name below example.com, and not for example.com itself.
 */
export function coversHost(declared: DeclaredHost, url: URL): boolean {
  const isSecure = url.protocol === "https:";
  if (!isSecure && url.protocol !== "http:") return false;
  if (declared.port === undefined && !isSecure) return false;
  const port = url.port === "" ? (isSecure ? "443" : "80") : url.port;
  if ((declared.port ?? "443") !== port) return false;
  const host = hostName(url);
  if (declared.name === "*") return true;
  if (!declared.name.startsWith("*.")) return host === declared.name;
  const domain = declared.name.slice(1);
  return host.endsWith(domain) && host.length > domain.length;
}

/** The host of an address in the one form that it is compared in: a dot at its end names the same host. */
export function hostName(url: URL): string {
  return url.hostname.replace(/\.$/, "");
}

/** The IP address that stands in place of a name, without brackets; nothing for a name. */
export function literalAddress(name: string): string | undefined {
  const address = name.replace(/^\[(.*)\]$/s, "$1");
  return isIP(address) === 0 ? undefined : address;
}
