import { HubServerError } from "../hub-server-error.ts";

/** What the hub says of where a Space runs. Protocol section 1.12. */
export interface SpaceRuntime {
  stage: "NO_APP_FILE" | "RUNNING";
  hardware: { current: string | null; requested: string | null };
  storage: null;
  gcTimeout: null;
  replicas: { current: number; requested: number };
}

/**
 * Where Spaces run. This hub starts none: whoever runs the hub says at which addresses they are.
 */
export class SpaceHosts {
  readonly #hosts = new Map<string, string>();
  readonly #subdomains = new Map<string, string>();

  /**
   * @param spaces - The address of each Space, by its id such as `acme/weather`.
   * @throws HubServerError `HUB_BAD_OPTIONS` for what is no http(s) address.
   */
  constructor(spaces: Readonly<Record<string, string>>) {
    for (const [id, host] of Object.entries(spaces)) {
      if (!/^https?:\/\/[^\s]+$/.test(host) || !URL.canParse(host)) {
        throw new HubServerError("HUB_BAD_OPTIONS", `The address of the Space ${id} is no http(s) URL: ${host}.`);
      }
      this.#hosts.set(id.toLowerCase(), host.replace(/\/+$/, ""));
      this.#subdomains.set(subdomainOf(id), id);
    }
  }

  /** The address of a Space; `undefined` when it does not run. */
  host(id: string): string | undefined {
    return this.#hosts.get(id.toLowerCase());
  }

  /** The id of the Space that runs and has this subdomain. */
  bySubdomain(subdomain: string): string | undefined {
    return this.#subdomains.get(subdomain.toLowerCase());
  }

  runtime(id: string): SpaceRuntime {
    const runs = this.host(id) !== undefined;
    const replicas = runs ? 1 : 0;
    return {
      stage: runs ? "RUNNING" : "NO_APP_FILE",
      hardware: { current: runs ? "cpu-basic" : null, requested: runs ? "cpu-basic" : null },
      storage: null,
      gcTimeout: null,
      replicas: { current: replicas, requested: replicas },
    };
  }
}

/** How the Hugging Face Hub names the subdomain of a Space. */
export function subdomainOf(id: string): string {
  return id
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}
