import type { InferenceProviderOrPolicy } from "@huggingface/inference";
import type { ApiKey } from "../shared/chat-options.ts";
import { checkAddress, checkEncrypted } from "../shared/check-address.ts";
import { checkKey } from "../shared/check-key.ts";
import { invalidOption } from "../shared/errors/model-options-error.ts";
import { isHuggingFaceHost } from "./hugging-face-host.ts";
import type { InferenceClientModelOptions } from "./options.ts";

/** Who is asked for a model, as far as it is known before the library has routed the request. */
export interface Route {
  readonly model: string;
  /** Absent where `endpointUrl` is asked. */
  readonly provider?: InferenceProviderOrPolicy;
  readonly endpointUrl?: string;
  readonly billTo?: string;
  /** The token, or a function that gives it; absent when the environment's may be used, or none is to be sent. */
  readonly token?: ApiKey;
  /** True when no token was given and the request goes to Hugging Face itself. */
  readonly usesEnvironment: boolean;
  /** The first address: that of the endpoint, or of the router. */
  readonly url: URL;
}

const router = "https://router.huggingface.co/v1";

/** What the library takes for its own instead of sending it: among the parameters it could lead the token astray. */
const libraryOptions = ["accessToken", "data", "endpointUrl", "provider", "urlTransform"];

/**
 * Checks the options that say where requests go and with which token.
 *
 * @throws ModelOptionsError for options that cannot work. It holds no part of the token.
 */
export function routeOf(options: InferenceClientModelOptions): Route {
  const { model, provider, endpointUrl, billTo, allowInsecure } = options;
  const token = options.token === "" ? undefined : options.token;
  if (!model) throw invalidOption("model", "model must name a model of the Hugging Face Hub.");
  if (/^(?:https?:|\/)/.test(model)) {
    throw invalidOption("model", "model must be a name. Pass the address of an endpoint as endpointUrl.");
  }
  const taken = libraryOptions.find((name) => options.parameters?.[name] !== undefined);
  if (taken !== undefined) throw invalidOption("parameters", `parameters.${taken} would not be sent: leave it out.`);
  if (typeof token === "string") checkKey(token, "token");
  if (endpointUrl !== undefined && provider !== undefined) {
    throw invalidOption("provider", "provider and endpointUrl both say who is asked. Leave one of them out.");
  }
  const url = checkAddress(endpointUrl ?? router, "endpointUrl", "https://name.endpoints.huggingface.cloud/v1");
  // The library appends the path to the whole address.
  if (url.search) throw invalidOption("endpointUrl", "endpointUrl must not have a query.");
  if (token !== undefined) checkEncrypted(url, "endpointUrl", allowInsecure);
  return {
    model,
    ...(endpointUrl === undefined ? { provider: provider ?? "auto" } : { endpointUrl: url.href }),
    ...(billTo !== undefined && { billTo }),
    ...(token !== undefined && { token }),
    usesEnvironment: token === undefined && isHuggingFaceHost(url),
    url,
  };
}
