import type { ApiKey, ChatOptions } from "../shared/chat-options.ts";

/** How a resource of Azure OpenAI is asked. */
export interface AzureOptions {
  /**
   * A dated version of the API, such as `"2024-10-21"`: the deployment is then part of the address. Without it the v1
   * API is asked, which has no versions.
   */
  apiVersion?: string;
  /** The deployment's name, where it is not the model's. Default `model`. */
  deployment?: string;
  /** What `apiKey` is: a key of the resource, which is the default, or a token of Microsoft Entra ID. */
  auth?: "api-key" | "entra";
}

/** Options of `OpenAIModel`. Times are milliseconds, sizes bytes. No environment variable is read. */
export interface OpenAIModelOptions extends ChatOptions {
  /**
   * Address of the API up to and with its version. Default `https://api.openai.com/v1`; see `presets`. With `azure` the
   * resource's address, such as `https://acme.openai.azure.com`.
   */
  baseUrl?: string;
  /** Sent to the origin of `baseUrl` and nowhere else, as a bearer token or as Azure wants it. */
  apiKey?: ApiKey | undefined;
  /** Further headers of each request. Their values are kept out of errors like the key. */
  headers?: Readonly<Record<string, string>>;
  /** For models on Azure OpenAI. */
  azure?: AzureOptions;
}
