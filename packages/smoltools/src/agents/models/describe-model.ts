import type { JsonObject, JsonValue, Model } from "@smoltools/core";
import type { ModelRecord } from "@smoltools/hub";
import type { Report } from "../left-out.ts";
import { splitSettings } from "./model-kind.ts";
import { modelKindOf } from "./model-registry.ts";

/** What models say about themselves; see `ModelDescription` of `@smoltools/adapters`. */
interface DescribedModel extends Model {
  describe(): { settings: JsonObject; leftOut: string[] } | undefined;
}

/** A model that chooses among others. */
interface ModelOfModels extends Model {
  readonly models: readonly { model: Model; weight: number }[];
}

/** A model as a file has it: what may be a secret, or is a function, is left out. */
export function describeModel(model: Model, report: Report): ModelRecord {
  const { provider, id } = model;
  const described = isDescribed(model) ? model.describe() : undefined;
  if (!described) {
    report.add(
      "model",
      `a model of the kind "${provider}" cannot be made from a file`,
      "give `model` to whoever loads the agent",
    );
    return { provider, id };
  }
  for (const name of described.leftOut) report.add(`model.${name}`, ...adviceFor(name));
  if (provider === "router" && isRouter(model)) return describeRouter(model, described.settings, report);
  const kind = modelKindOf(provider);
  if (!kind) return { provider, id };
  const [settings, refused] = splitSettings(kind, described.settings);
  for (const name of refused) report.add(`model.${name}`, "files have no such setting, or not with this value");
  return { provider, id, settings };
}

function describeRouter(model: ModelOfModels, settings: JsonObject, report: Report): ModelRecord {
  const models = model.models.map(({ model: one, weight }, index): JsonValue => {
    const { provider, id, settings: own } = describeModel(one, report.within(`model.models.${index}`));
    return { model: { provider, id, ...(own && { settings: own }) }, weight };
  });
  return { provider: model.provider, id: model.id, settings: { ...settings, models } };
}

function adviceFor(name: string): [why: string, instead: string] {
  if (name === "apiKey" || name === "token") {
    return ["a key is never saved", "the environment of whoever loads the agent, or the option `apiKeys`"];
  }
  return ["it may hold a secret, or is a function", "give `model` when the agent is loaded, if it is needed"];
}

function isDescribed(model: Model): model is DescribedModel {
  return "describe" in model && typeof model.describe === "function";
}

function isRouter(model: Model): model is ModelOfModels {
  return "models" in model && Array.isArray(model.models);
}
