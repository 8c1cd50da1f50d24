import { invalidOption } from "../shared/errors/model-options-error.ts";
import type { AzureOptions } from "./options.ts";

/**
 * Where a deployment on Azure OpenAI is asked.
 *
 * Source: https://learn.microsoft.com/azure/ai-foundry/openai/reference (dated versions) and
 * https://learn.microsoft.com/azure/ai-foundry/openai/api-version-lifecycle (v1).
 *
 * @param base - The resource's address, also with `/openai` or `/openai/v1` at its end.
 * @param deployment - The deployment's name.
 * @param apiVersion - The dated version; the v1 API without one.
 */
export function azureUrl(base: URL, deployment: string, apiVersion: string | undefined): URL {
  const url = new URL(base);
  const resource = base.pathname.replace(/\/+$/, "").replace(/\/openai(?:\/v1)?$/, "");
  if (apiVersion === undefined) {
    url.pathname = `${resource}/openai/v1/chat/completions`;
    return url;
  }
  if (!/^[\w.-]+$/.test(apiVersion)) {
    throw invalidOption("azure.apiVersion", 'azure.apiVersion must be a version of the API such as "2024-10-21".');
  }
  if (base.searchParams.has("api-version")) {
    throw invalidOption("azure.apiVersion", "baseUrl names an api-version as well: leave one of them out.");
  }
  url.pathname = `${resource}/openai/deployments/${encodeURIComponent(deployment)}/chat/completions`;
  url.searchParams.set("api-version", apiVersion);
  return url;
}

/** The header that tells Azure, or with `undefined` any other provider, who asks. */
export function keyHeaderOf(azure: AzureOptions | undefined): "authorization" | "api-key" {
  return azure && azure.auth !== "entra" ? "api-key" : "authorization";
}
