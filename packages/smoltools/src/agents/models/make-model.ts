import { findingsText, type JsonObject, type Model, SchemaValidator } from "@smoltools/core";
import { AgentFileError, type ModelRecord } from "@smoltools/hub";
import { environmentToken } from "../../hub/environment-token.ts";
import { isPublicHub } from "../../hub/public-hub.ts";
import { type ApiKey, type ModelKind, splitSettings } from "./model-kind.ts";
import { modelKindOf, modelKinds, routerSettings } from "./model-registry.ts";

/** Whom a model of a file may ask, and with which keys. */
export interface ModelAccess {
  /** For messages. */
  source: string;
  /** Keys by the host that they are for. A host with a key is allowed. */
  apiKeys?: Readonly<Record<string, ApiKey>> | undefined;
  /** Hosts that may be asked besides the providers' own, such as `127.0.0.1:11434`. */
  allowHosts?: readonly string[] | undefined;
  env: Readonly<Record<string, string | undefined>>;
}

/** How deep routers may be nested. */
const maxRouters = 3;

/**
 * Makes the model that a file names.
 *
 * A key of the environment goes to its provider's own host and nowhere else; a host that the file alone names is asked
 * only if the caller allowed it.
 *
 * @throws AgentFileError `AGENT_MODEL_NEEDED`, `AGENT_MODEL_FOREIGN`, `AGENT_FILE_INVALID`.
 */
export async function makeModel(record: ModelRecord, access: ModelAccess, depth = 0): Promise<Model> {
  const { provider, id, settings } = record;
  if (provider === "router" && settings) return makeRouter(settings, access, depth);
  const kind = modelKindOf(provider);
  if (!kind || !settings) throw modelNeeded(record, access.source);
  const [, refused] = splitSettings(kind, settings);
  if (refused.length > 0) {
    throw invalid(
      access.source,
      `the model ${JSON.stringify(id)} has settings that a file may not have: ${JSON.stringify(refused)}`,
    );
  }
  return kind.make(id, settings, keyFor(kind, settings, access));
}

/** The error for a model that cannot be made of the file. */
export function modelNeeded({ provider, id }: ModelRecord, source: string, why?: string): AgentFileError {
  const known = [...Object.keys(modelKinds), "router"].join(", ");
  return new AgentFileError(
    `The agent of ${source} uses the model ${JSON.stringify(id)} of the kind ${JSON.stringify(provider)}, ${why ?? `which cannot be made from a file (those that can: ${known})`}: ` +
      "make a model, and pass it as `model`",
    { code: "AGENT_MODEL_NEEDED", data: { source, provider, id } },
  );
}

async function makeRouter(settings: JsonObject, access: ModelAccess, depth: number): Promise<Model> {
  const findings = new SchemaValidator(routerSettings).findings(settings);
  if (findings.length > 0)
    throw invalid(access.source, `its router of models is not valid:\n${findingsText(findings)}`);
  if (depth >= maxRouters) throw invalid(access.source, `its routers are nested more than ${maxRouters} deep`);
  const { models, ...further } = settings as unknown as { models: { model: ModelRecord; weight?: number }[] };
  const made: { model: Model; weight?: number }[] = [];
  for (const { model, ...weight } of models) {
    made.push({ model: await makeModel(model, access, depth + 1), ...weight });
  }
  const { RouterModel } = await import("@smoltools/adapters/models/router");
  return new RouterModel({ ...further, models: made });
}

/** @throws AgentFileError `AGENT_MODEL_FOREIGN`. */
function keyFor(kind: ModelKind, settings: JsonObject, access: ModelAccess): ApiKey | undefined {
  const { apiKeys = {}, allowHosts = [], env, source } = access;
  const address = kind.address(settings);
  if (address !== undefined && !URL.canParse(address)) throw invalid(source, "the address of its model is not a URL");
  const url = address === undefined ? undefined : new URL(address);
  const host = url?.host ?? kind.ownHost;
  if (host === undefined) return undefined;
  const given = Object.hasOwn(apiKeys, host) ? apiKeys[host] : undefined;
  // Without encryption, whoever answers under the name may be anybody.
  const isKnown = url === undefined || (url.protocol === "https:" && Object.hasOwn(environmentKeys, host));
  if (given === undefined && !isKnown && !allowHosts.includes(host)) {
    throw new AgentFileError(
      `The agent of ${source} ${kind.use ?? "sends its requests to"} ${host}: if you trust that host with it, pass ` +
        `allowHosts: [${JSON.stringify(host)}], or apiKeys: { ${JSON.stringify(host)}: … } for a key; or pass \`model\``,
      { code: "AGENT_MODEL_FOREIGN", data: { source, host } },
    );
  }
  return given ?? (isKnown ? environmentKeys[host]?.(env) : undefined);
}

type Environment = ModelAccess["env"];

/** Keys of the environment, by the one host that each belongs to. */
const environmentKeys: Readonly<Record<string, (env: Environment) => string | undefined>> = {
  // Where the environment names another server, the key is that server's.
  "api.openai.com": ({ OPENAI_API_KEY: key, OPENAI_BASE_URL: server }) =>
    !server || /^https:\/\/api\.openai\.com(?:\/|$)/.test(server) ? key : undefined,
  "router.huggingface.co": (env) => (isPublicHub(env["HF_ENDPOINT"]) ? environmentToken(env)?.token : undefined),
};

function invalid(source: string, why: string): AgentFileError {
  return new AgentFileError(`agent.json of ${source} cannot be used: ${why}`, {
    code: "AGENT_FILE_INVALID",
    data: { source },
  });
}
