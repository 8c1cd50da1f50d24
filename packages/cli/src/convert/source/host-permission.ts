/** The permission for the host of an address: `host` for `https:` at its own port, `host:port` for everything else. */
export function hostPermission({ protocol, hostname, port }: URL): string {
  if (protocol === "https:") return port === "" ? hostname : `${hostname}:${port}`;
  return `${hostname}:${port === "" ? "80" : port}`;
}
