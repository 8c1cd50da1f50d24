import { BlockList, isIP } from "node:net";
import { PermissionError } from "../../errors/permission-error.ts";
import { coversHost, type DeclaredHost, declaredHost, hostName, literalAddress } from "./declared-host.ts";
import { isListed, isOwnAddress, isPrivateAddress } from "./private-address.ts";

/** What {@link Reach} is made of. See `HostFetchOptions`. */
export interface ReachOptions {
  hosts: readonly string[];
  methods?: readonly string[] | undefined;
  privateAddresses?: readonly string[] | undefined;
}

const loopback = new BlockList();
loopback.addSubnet("127.0.0.0", 8, "ipv4");
loopback.addAddress("::1", "ipv6");

/** What requests may reach: which hosts, by which methods, at which addresses. */
export class Reach {
  readonly #hosts: readonly DeclaredHost[];
  readonly #said: string;
  readonly #methods: ReadonlySet<string> | undefined;
  readonly #granted: BlockList;

  /** @throws PermissionError `PERMISSION_INVALID` for a host or an address that is written wrongly. */
  constructor({ hosts, methods, privateAddresses = [] }: ReachOptions) {
    if (!Array.isArray(hosts)) throw invalid('The hosts are no list: write { hosts: ["api.example.org"] }', hosts);
    this.#hosts = hosts.map(declaredHost);
    this.#said = hosts.length === 0 ? "no host is permitted" : `permitted are ${hosts.join(", ")}`;
    this.#methods = methods && new Set(methods.map((method) => method.toUpperCase()));
    this.#granted = addressList(privateAddresses);
  }

  /** True when some methods are not permitted. */
  get limitsMethods(): boolean {
    return this.#methods !== undefined;
  }

  /**
   * Judges a request, or one hop of it, before anything is sent.
   *
   * @throws PermissionError `PERMISSION_DENIED`
   */
  judge(url: URL, method: string): void {
    if (url.protocol !== "https:" && url.protocol !== "http:") {
      throw denied(`No permission to reach ${url.protocol} addresses: only https: and http: can be`, url.host);
    }
    const covering = this.#hosts.filter((declared) => coversHost(declared, url));
    if (covering.length === 0) {
      throw denied(`No permission to reach ${url.protocol}//${url.host}: ${this.#said}`, url.host);
    }
    if (this.#methods && !this.#methods.has(method)) {
      const methods = [...this.#methods].join(", ") || "none";
      throw denied(`No permission for the method ${method}: permitted are ${methods}`, url.host);
    }
    const name = hostName(url);
    // Naming an address, with its port, grants what is otherwise refused as private.
    if (covering.some((declared) => declared.name === name)) return;
    const address = literalAddress(name);
    if (name === "localhost" || (address !== undefined && !this.#isOpen(address))) {
      throw denied(`No permission to reach ${url.host}: it is a private address, which must be named itself`, url.host);
    }
  }

  /**
   * Judges where a name leads: all addresses at once, since which of them is taken is not up to us.
   *
   * @throws PermissionError `PERMISSION_DENIED`
   */
  judgeAddresses(hostname: string, addresses: readonly string[]): void {
    // `judge` let this name through, which stands for this machine and nothing else.
    const isLocal = /^localhost\.?$/.test(hostname);
    const closed = addresses.find((address) => !(isLocal ? isListed(loopback, address) : this.#isOpen(address)));
    if (closed === undefined) return;
    throw denied(`No permission to reach ${hostname}: it leads to a private address`, hostname);
  }

  #isOpen(address: string): boolean {
    if (isIP(address) === 0) return false;
    return isListed(this.#granted, address) || !(isPrivateAddress(address) || isOwnAddress(address));
  }
}

function addressList(texts: readonly string[]): BlockList {
  const list = new BlockList();
  for (const text of texts) {
    const [address = "", prefix, ...rest] = text.split("/");
    const family = isIP(address) === 6 ? "ipv6" : "ipv4";
    const most = family === "ipv6" ? 128 : 32;
    const isPrefix = prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= most);
    if (isIP(address) === 0 || address.includes("%") || !isPrefix || rest.length > 0) {
      const message = `The private address ${JSON.stringify(text)} is written wrongly: write 10.1.2.3 or fd00::/8, say`;
      throw invalid(message, text);
    }
    list.addSubnet(address, Number(prefix ?? most), family);
  }
  return list;
}

function denied(message: string, host: string): PermissionError {
  return new PermissionError(message, { code: "PERMISSION_DENIED", data: { kind: "net", host } });
}

function invalid(message: string, value: unknown): PermissionError {
  return new PermissionError(message, { code: "PERMISSION_INVALID", data: { kind: "net", value } });
}
