import { toolsFromSpace } from "@smoltools/adapters/space";
import { errorMessage, type Tool } from "@smoltools/core";
import { sourceProblem } from "@smoltools/hub";
import { chooseTools } from "../source/choose-tools.ts";
import type { Conversion } from "../conversion.ts";
import { ConvertError } from "../convert-error.ts";
import type { ConvertOptions } from "../convert-options.ts";
import { literal } from "../project/literal.ts";
import { type Bearer, bearerFor } from "../source/bearer.ts";
import { convertedTool } from "../source/converted-tool.ts";
import { hostPermission } from "../source/host-permission.ts";
import { nameSlug } from "../../project/project-name.ts";
import { readWithin } from "../source/read-within.ts";
import { loadRuntime, runtimeModules } from "../source/runtime-module.ts";
import { hubOf, spaceBase } from "./space-base.ts";
import { type FrozenEndpoint, frozenEndpoint } from "./space-endpoint.ts";

/** What the package will call the app with: the app is read with it as well. */
interface GradioClientModule {
  describeApp(
    space: { name: string; base: string; token?: string; tokenVariable?: string },
    signal: AbortSignal,
  ): Promise<{ api: string; config: unknown; info: unknown }>;
}

/**
 * Reads a Space, of which a package is made that calls it over HTTP.
 *
 * @param space - `owner/name` on the hub, or the address of an app of Gradio 4 to 6.
 * @throws ConvertError `CONVERT_SOURCE_UNREACHABLE`, `CONVERT_SOURCE_INVALID`, `CONVERT_TOOL_UNKNOWN`, `CONVERT_NO_TOOLS`.
 */
export async function convertSpace(space: string, options: ConvertOptions): Promise<Conversion> {
  const source = { kind: "space", space } as const;
  const problem = sourceProblem(source);
  if (problem !== undefined) {
    throw new ConvertError(`The Space cannot become part of a package: ${problem}`, {
      code: "CONVERT_SOURCE_INVALID",
      data: { source: "a Space" },
    });
  }
  const warnings: string[] = [];
  options.onProgress?.(`Asking ${space} for its endpoints`);
  const found = await readWithin(space, options, (signal) => readSpace(space, options, warnings, signal));
  const { base, api, config, info, tools, bearer } = found;
  const endpoints = new Map<string, FrozenEndpoint>();
  const usable = tools.filter((tool) => {
    try {
      endpoints.set(endpointOf(tool), frozenEndpoint(endpointOf(tool), config, info));
      return true;
    } catch (error) {
      warnings.push(`Left out: ${errorMessage(error)}`);
      return false;
    }
  });
  const names = usable.map((tool) => endpointOf(tool).slice(1));
  const wanted = options.tools?.map((name) => name.replace(/^\//, ""));
  const chosen = new Set(chooseTools(space, names, wanted));
  const taken = usable.filter((tool) => chosen.has(endpointOf(tool).slice(1)));
  const frozen = {
    name: space,
    api,
    ...bearer.code,
    endpoints: Object.fromEntries(taken.map((tool) => [endpointOf(tool), endpoints.get(endpointOf(tool))])),
  };
  return {
    suggestedName: nameSlug(/^https?:/i.test(space) ? new URL(space).hostname : (space.split("/")[1] ?? ""), "space"),
    description: `Endpoints of the Space ${space}: ${taken
      .map(({ name }) => name)
      .slice(0, 10)
      .join(", ")}.`,
    source,
    tools: taken.map((tool) =>
      convertedTool(tool, `return callEndpoint(${JSON.stringify(endpointOf(tool))}, input, signal);`),
    ),
    permissions: {
      net: [hostPermission(new URL(base))],
      env: bearer.variable === undefined ? [] : [bearer.variable],
      run: [],
    },
    modules: {
      ...runtimeModules(["bounded-fetch.js", "event-stream.js", "gradio-client.js", "gradio-files.js", "media.js"]),
      "space.js": spaceModule(space, frozen),
    },
    imports: () => ['import { callEndpoint } from "./space.js";'],
    needs: bearer.needs,
    warnings: [...warnings, ...bearer.warnings],
  };
}

/** A Space as it was found. */
interface FoundSpace {
  base: string;
  api: string;
  config: unknown;
  info: unknown;
  tools: readonly Tool[];
  bearer: Bearer;
}

async function readSpace(
  space: string,
  options: ConvertOptions,
  warnings: string[],
  signal: AbortSignal,
): Promise<FoundSpace> {
  const bearer = bearerFor(options);
  const base = await spaceBase(space, hubOf(options), bearer.token, signal);
  const { host } = new URL(base);
  const token = bearer.token === undefined ? {} : { token: bearer.token };
  // It is waited for here, should it sleep.
  await using listed = await toolsFromSpace(space, {
    ...token,
    ...(bearer.token !== undefined && { sendTokenTo: host }),
    hubUrl: hubOf(options),
    startTimeoutMs: options.timeoutMs,
    onUnusable: (error) => warnings.push(`Left out: ${errorMessage(error)}`),
    signal,
  });
  const { describeApp } = (await loadRuntime("gradio-client.js")) as GradioClientModule;
  const app = await describeApp({ name: space, base, ...bearer.code, ...token }, signal);
  return { ...app, base, bearer, tools: await listed.tools({ signal }) };
}

function endpointOf({ origin }: Tool): string {
  return origin?.kind === "space" ? origin.endpoint : "";
}

/** The module that knows the Space: its declarations are those of the moment at which it was read. */
function spaceModule(space: string, frozen: object): string {
  return [
    `// The Space ${space}, as it declared its endpoints when this package was made. Written by smoltools convert.`,
    "",
    'import { callEndpoint as call } from "./gradio-client.js";',
    "",
    `const space = ${literal(frozen)};`,
    "",
    "export function callEndpoint(name, input, signal) {",
    "  return call(space, name, input, signal);",
    "}",
    "",
  ].join("\n");
}
