import { fieldOf, isRecord, textField } from "../../shared/json-access.ts";
import { spaceError, type SpaceIdentity } from "../connection/space-failure.ts";
import type { SpaceFetch } from "../connection/space-fetch.ts";
import type { SpaceLimits } from "../space-options.ts";
import { readEndpoint } from "./read-endpoint.ts";
import type { SpaceApi, SpaceEndpoint } from "./space-api.ts";

/** Ways in which the queue of an app may speak. The one before them, of Gradio 3, was a web socket. */
const protocols = new Set(["sse", "sse_v1", "sse_v2", "sse_v2.1", "sse_v3"]);

/**
 * Asks an app what it can do.
 *
 * Its address is the one that was connected to: what the app says of it may be that of a proxy behind which it runs.
 *
 * Source: `/config` and `/info` of Gradio, https://www.gradio.app/guides/querying-gradio-apps-with-curl.
 *
 * @param base - Where its paths begin.
 * @throws ToolSourceError `SOURCE_ANSWER_INVALID` when it is not a Gradio app, or of an old version.
 */
export async function readApi(
  identity: SpaceIdentity,
  fetch: SpaceFetch,
  base: string,
  { signal, limits }: { signal: AbortSignal; limits: SpaceLimits },
): Promise<SpaceApi> {
  const request = { signal, timeoutMs: limits.requestTimeoutMs, maxBytes: limits.maxResponseBytes };
  const config = await fetch.readJson(`${base}/config`, { what: "/config", ...request });
  const dependencies = fieldOf(config, "dependencies");
  if (!Array.isArray(dependencies)) {
    throw spaceError(identity, "SOURCE_ANSWER_INVALID", "is not a Gradio app: its /config names no functions");
  }
  const prefix = textField(config, "api_prefix") ?? "";
  const protocol = textField(config, "protocol") ?? "ws";
  if (!protocols.has(protocol) || !/^(?:\/[\w-]+)*$/.test(prefix)) {
    const version = textField(config, "version") ?? "unknown";
    throw spaceError(identity, "SOURCE_ANSWER_INVALID", `runs Gradio ${version}, which is not supported`);
  }
  const apiUrl = `${base}${prefix}`;
  const info = await fetch.readJson(`${apiUrl}/info`, { what: "/info", ...request });
  const named = fieldOf(info, "named_endpoints");
  if (!isRecord(named)) throw spaceError(identity, "SOURCE_ANSWER_INVALID", "names no endpoints in its /info");
  return {
    appId: fieldOf(config, "app_id"),
    apiUrl,
    protocol,
    hasHeartbeat: fieldOf(config, "connect_heartbeat") === true,
    endpoints: endpointsOf(named, config, dependencies),
  };
}

function endpointsOf(
  named: Record<string, unknown>,
  config: unknown,
  dependencies: readonly unknown[],
): SpaceApi["endpoints"] {
  const components = fieldOf(config, "components");
  const byId = new Map(
    (Array.isArray(components) ? components : []).map((component: unknown) => [fieldOf(component, "id"), component]),
  );
  const isQueueOn = fieldOf(config, "enable_queue") !== false;
  // Until Gradio 5 the number of a function is its place.
  const functions = new Map<unknown, Record<string, unknown>>();
  for (const [id, dependency] of dependencies.entries()) {
    const name = fieldOf(dependency, "api_name");
    if (!isRecord(dependency) || functions.has(name)) continue;
    functions.set(name, { id, ...dependency, queue: dependency["queue"] ?? isQueueOn });
  }
  const entries = Object.entries(named)
    .filter(([, info]) => (fieldOf(info, "api_visibility") ?? "public") === "public")
    .map(([name, info]): [string, SpaceEndpoint | { problem: Error }] => {
      const dependency = functions.get(name.replace(/^\//, ""));
      try {
        return [name, readEndpoint({ name, info, dependency, components: byId })];
      } catch (error) {
        return [name, { problem: error instanceof Error ? error : new Error(String(error)) }];
      }
    });
  return new Map(entries);
}
