/**
 * Tells whether a request is covered by the declared hosts.
 *
 * A host without a port stands for port 443 of `https:` alone; `host:80` and other ports must be written out.
 * `*.example.com` stands for every name below example.com, and not for example.com itself. `*` stands for every host;
 * no package may declare it, and private addresses stay refused.
 *
 * @param net - Declared hosts.
 * @param url - Where the request goes.
 */
export function isAllowedHost(net: readonly string[], url: URL): boolean {
  const secure = url.protocol === "https:";
  if (!secure && url.protocol !== "http:") return false;
  const port = url.port === "" ? (secure ? "443" : "80") : url.port;
  // A trailing dot names the same host.
  const host = url.hostname.toLowerCase().replace(/\.$/, "");
  return net.some((declared) => {
    const [, name = "", declaredPort] = /^(.*?)(?::(\d+))?$/.exec(declared) ?? [];
    if (declaredPort === undefined && !secure) return false;
    if ((declaredPort ?? "443") !== port) return false;
    if (name === "*") return true;
    return name.startsWith("*.") ? host.endsWith(name.slice(1)) && host.length > name.length - 1 : host === name;
  });
}

/** Hosts that are declared by their address, or as localhost: naming them grants what is otherwise refused as private. */
export function isExplicitlyPrivate(net: readonly string[], hostname: string): boolean {
  const literal = /^(?:localhost|\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-f:.]+\])$/.test(hostname);
  return literal && net.some((declared) => declared.replace(/:\d+$/, "") === hostname || declared === hostname);
}
