import type { Model } from "@smoltools/core";
import { environmentToken } from "./hub/environment-token.ts";
import { isPublicHub } from "./hub/public-hub.ts";

/** A model that the environment names, and how. */
export interface EnvironmentModel {
  model: Model;
  /** The variable that led to it, or the path of a file with a token, for people: never what is in them. */
  from: string;
}

/**
 * The language model that the environment names, if any.
 *
 * `OPENAI_BASE_URL` or `OPENAI_API_KEY` mean an OpenAI-compatible server. A token of Hugging Face means its inference
 * router: `HF_TOKEN`, else `HUGGING_FACE_HUB_TOKEN`, else the file of `hf auth login`. `SMOLTOOLS_MODEL` is the model's id
 * there. Where `HF_ENDPOINT` names another hub, the token is that hub's and is not sent to the router.
 */
export async function modelFromEnvironment(
  env: Readonly<Record<string, string | undefined>> = process.env,
): Promise<EnvironmentModel | undefined> {
  const { OPENAI_BASE_URL: baseUrl, OPENAI_API_KEY: openAiKey, SMOLTOOLS_MODEL: model } = env;
  if (baseUrl || openAiKey) {
    const { OpenAIModel, presets } = await import("@smoltools/adapters/models/openai");
    return {
      model: new OpenAIModel({
        ...presets.openai,
        model: model || "gpt-4.1-mini",
        ...(baseUrl && { baseUrl }),
        ...(openAiKey && { apiKey: openAiKey }),
      }),
      from: baseUrl ? "OPENAI_BASE_URL" : "OPENAI_API_KEY",
    };
  }
  const login = isPublicHub(env["HF_ENDPOINT"]) ? environmentToken(env) : undefined;
  if (!login) return undefined;
  const { OpenAIModel, presets } = await import("@smoltools/adapters/models/openai");
  return {
    model: new OpenAIModel({
      ...presets.huggingFace,
      model: model || "Qwen/Qwen3-Next-80B-A3B-Thinking",
      apiKey: login.token,
    }),
    from: login.from,
  };
}
