import { openReadable } from "../../access/open-repo.ts";
import type { Hub } from "../../hub.ts";
import { HubServerError } from "../../hub-server-error.ts";
import type { HubRequest } from "../../http/request/hub-request.ts";
import { json } from "../../http/reply/reply.ts";
import type { Route } from "../../http/router.ts";
import { repoId } from "../../repo/repo-key.ts";
import { subdomainOf } from "../../repo/space-hosts.ts";

/** Says where Spaces run. Protocol section 1.12. */
export const spaceRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/api/spaces/by-subdomain/:subdomain",
    handle: async (request, hub) => {
      const id = hub.spaces.bySubdomain(request.params.get("subdomain") ?? "");
      const [namespace = "", name = ""] = id?.split("/") ?? [];
      // Somebody who may not see the Space is told the same as when there is none.
      const { record } = await openReadable(hub, request.viewer, { type: "space", namespace, name });
      return json({ _id: record.id, ...describe(hub, repoId(record)), private: record.private });
    },
  },
  {
    method: "GET",
    path: "/api/spaces/:namespace/:name/host",
    handle: async (request, hub) => {
      const id = await openSpace(request, hub);
      const host = hub.spaces.host(id);
      if (host !== undefined) return json({ subdomain: subdomainOf(id), host });
      throw new HubServerError(
        "HUB_ROUTE_NOT_FOUND",
        `The Space ${id} does not run: this hub starts no Spaces. Whoever runs the hub can say where it is.`,
      );
    },
  },
  {
    method: "GET",
    path: "/api/spaces/:namespace/:name/runtime",
    handle: async (request, hub) => json(hub.spaces.runtime(await openSpace(request, hub))),
  },
];

async function openSpace({ params, viewer }: HubRequest, hub: Hub): Promise<string> {
  const [namespace = "", name = ""] = [params.get("namespace"), params.get("name")];
  const { record } = await openReadable(hub, viewer, { type: "space", namespace, name });
  return repoId(record);
}

function describe(hub: Hub, id: string): object {
  return { id, subdomain: subdomainOf(id), host: hub.spaces.host(id), runtime: hub.spaces.runtime(id) };
}
