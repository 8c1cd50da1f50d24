import { ProviderErrors } from "../shared/errors/provider-errors.ts";
import { redactor } from "../../shared/redact.ts";
import { isHuggingFaceHost } from "./hugging-face-host.ts";
import type { Route } from "./route.ts";

/** What to do when Hugging Face asks for a token and there is none. */
export const noTokenHint = "No token was given: set HF_TOKEN, log in with `hf auth login`, or pass token.";

/**
 * Says what went wrong with a request.
 *
 * @param route - Where the model is asked.
 * @param token - What is sent with it, and is taken out of what the errors say.
 * @param url - The address that the library chose; the route's first one until then.
 */
export function errorsOf(route: Route, token: string | undefined, url: URL = route.url): ProviderErrors {
  const { model, provider, endpointUrl } = route;
  const served = provider === undefined || provider === "auto" ? "" : `, and does ${provider} serve it`;
  const target = {
    url,
    shownUrl: url.origin + url.pathname,
    sendsKey: token !== undefined,
    noKeyHint: isHuggingFaceHost(url) ? noTokenHint : `No token was given: pass one for ${url.host}.`,
    notFoundHint: `Is the model's name "${model}" right${served}?`,
    redirectHint: endpointUrl
      ? "if the new address is right, set endpointUrl to it."
      : `if ${model} has a new name, use that.`,
    pageHint: endpointUrl ? "Does endpointUrl lead to the API? It mostly ends in /v1" : "Try again later",
  };
  return new ProviderErrors(target, redactor(token === undefined ? [] : [token]));
}
