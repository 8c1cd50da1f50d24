import { type McpClient, toolsFromMcp } from "@smoltools/adapters/mcp";
import { type ManifestSource, sourceProblem } from "@smoltools/hub";
import type { Conversion } from "../conversion.ts";
import { ConvertError } from "../convert-error.ts";
import type { ConvertOptions } from "../convert-options.ts";
import { bearerFor } from "../source/bearer.ts";
import { hostPermission } from "../source/host-permission.ts";
import { loadRuntime, runtimeModules } from "../source/runtime-module.ts";
import { readWithin } from "../source/read-within.ts";
import { serverName } from "./server-name.ts";
import { about, definitions, serverModule, serverTools } from "./server-tools.ts";

/** What the package will call the server with: the server is read with it as well. */
interface McpClientModule {
  describeServer(
    server: { name: string; url: string; token?: string; tokenVariable?: string },
    signal: AbortSignal,
  ): Promise<{ serverInfo: unknown; tools: unknown[]; answeredAt: string }>;
}

/** What of a declaration is kept. */
const kept = ["title", "description", "inputSchema", "outputSchema", "annotations"] as const;

/** Reads a server at an address. */
export async function convertMcpUrl(address: string, options: ConvertOptions): Promise<Conversion> {
  const asked = checkedUrl(address);
  const place = `${asked.origin}${asked.pathname}`;
  const bearer = bearerFor(options, asked.hostname);
  options.onProgress?.(`Asking ${place} for its tools`);
  const found = await readWithin(place, options, async (signal) => {
    const { describeServer } = (await loadRuntime("mcp-client.js")) as McpClientModule;
    const { token, code } = bearer;
    return describeServer({ name: place, url: address, ...code, ...(token !== undefined && { token }) }, signal);
  });
  const server = serverName(found.serverInfo);
  // The adapter reads what was listed, so that there is one listing, and one way to read declarations.
  await using listed = await readWithin(place, options, () =>
    toolsFromMcp({ client: listing(found.tools), name: place }),
  );
  const { tools, warnings } = await serverTools(place, listed, options.tools);
  const raw = new Map(found.tools.map((tool) => [nameOf(tool), tool]));
  const declared = tools.map(({ declaration: { original, isWrapped } }): [string, object] => [
    original,
    { ...partsOf(raw.get(original)), ...(isWrapped && { isWrapped }) },
  ]);
  const frozen = { name: place, url: address, ...bearer.code, tools: Object.fromEntries(declared) };
  return {
    ...about(server, tools),
    source: { kind: "mcp", url: address, server } satisfies ManifestSource,
    tools: definitions(tools, ({ declaration }) => declaration.original),
    permissions: {
      // A redirect is followed to hosts that are declared only.
      net: [...new Set([asked, new URL(found.answeredAt)].map(hostPermission))],
      env: bearer.variable === undefined ? [] : [bearer.variable],
      run: [],
    },
    modules: {
      ...runtimeModules([
        "bounded-fetch.js",
        "event-stream.js",
        "mcp-client.js",
        "mcp-result.js",
        "mcp-session.js",
        "media.js",
      ]),
      "mcp-server.js": serverModule("mcp-client.js", `The MCP server at ${place}`, frozen),
    },
    imports: () => ['import { callTool } from "./mcp-server.js";'],
    needs: bearer.needs,
    warnings: [
      ...warnings,
      ...bearer.warnings,
      ...redirectWarnings(asked, new URL(found.answeredAt)),
      ...pathWarnings(asked.pathname),
    ],
  };
}

function checkedUrl(address: string): URL {
  const problem = sourceProblem({ kind: "mcp", url: address, server: { name: "server", version: "" } });
  if (problem === undefined) return new URL(address);
  throw new ConvertError(
    `The address cannot become part of a package: ${problem}. Name a variable with --env instead`,
    {
      code: "CONVERT_SOURCE_INVALID",
      data: { source: URL.canParse(address) ? new URL(address).host : "address" },
    },
  );
}

/** Says that another host answered than was asked: the package asks for it, too. */
function redirectWarnings(asked: URL, answered: URL): string[] {
  if (asked.origin === answered.origin) return [];
  return [
    `${asked.origin} redirects to ${answered.origin}: the package sends requests there, and asks its users for that host.`,
  ];
}

/** As long, and as mixed of letters and digits, as what stands in the paths of addresses that nobody else may know. */
const secretPart = /^(?=.*\d)(?=.*[A-Za-z])[\w~=-]{20,}$/;

/** Some services take a path that nobody can guess for a key. */
function pathWarnings(pathname: string): string[] {
  if (!pathname.split("/").some((part) => secretPart.test(part))) return [];
  return [
    "The path of the address holds what may be a key of yours. It becomes part of the package, for everybody who can " +
      "read it: publish the package only if that is no secret.",
  ];
}

function nameOf(tool: unknown): unknown {
  return typeof tool === "object" && tool !== null ? Reflect.get(tool, "name") : undefined;
}

/** A connected client, to the adapter, that has been asked for its tools already. */
function listing(tools: readonly unknown[]): McpClient {
  return {
    request: async () => ({ tools }),
    listTools: async () => ({ tools }),
    callTool: async () => {
      throw new Error("Nothing is called by reading declarations.");
    },
  };
}

function partsOf(tool: unknown): object {
  const value = typeof tool === "object" && tool !== null ? tool : {};
  const parts = kept.map((part): [string, unknown] => [part, Reflect.get(value, part)]);
  return Object.fromEntries(parts.filter(([, part]) => part !== undefined && part !== null));
}
