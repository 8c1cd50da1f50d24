import type { Model } from "@smoltools/core";
import { isPublicHub } from "./public-hub.ts";

/** A model that the environment names, and how. */
export interface EnvironmentModel {
  model: Model;
  /** The variables that led to it, for people: never their values. */
  from: string;
}

/**
 * The language model that the environment names, if any.
 *
 * `OPENAI_BASE_URL` or `OPENAI_API_KEY` mean an OpenAI-compatible server, `HF_TOKEN` means Hugging Face's inference
 * router; `SMOLTOOLS_MODEL` is the model's id there. Where `HF_ENDPOINT` names another hub, the token is that hub's
 * and is not sent to the router.
 */
export async function modelFromEnvironment(
  env: Readonly<Record<string, string | undefined>> = process.env,
): Promise<EnvironmentModel | undefined> {
  const { OPENAI_BASE_URL: baseUrl, OPENAI_API_KEY: openAiKey, SMOLTOOLS_MODEL: model } = env;
  const hfToken = isPublicHub(env["HF_ENDPOINT"]) ? env["HF_TOKEN"] : undefined;
  if (!baseUrl && !openAiKey && !hfToken) return undefined;
  const { OpenAIModel, presets } = await import("@smoltools/adapters/models/openai");
  if (baseUrl || openAiKey) {
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
  return {
    model: new OpenAIModel({
      ...presets.huggingFace,
      model: model || "Qwen/Qwen3-Next-80B-A3B-Thinking",
      ...(hfToken && { apiKey: hfToken }),
    }),
    from: "HF_TOKEN",
  };
}
