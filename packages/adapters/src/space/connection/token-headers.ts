import { AdapterError } from "../../shared/adapter-error.ts";
import type { SpaceOptions } from "../space-options.ts";

/**
 * The headers that give a Space the token: none, unless the caller names its host.
 *
 * On the hosts of Hugging Face the token goes to the proxy before the Space, which keeps it from the app.
 *
 * Source: `gradio_client`, which sends `X-HF-Authorization`; https://github.com/gradio-app/gradio/pull/11700.
 *
 * @throws AdapterError `ADAPTER_OPTIONS_INVALID` for hosts without a token.
 */
export function tokenHeaders(url: URL, { token, sendTokenTo = [] }: SpaceOptions): Record<string, string> {
  const hosts = [sendTokenTo].flat();
  if (hosts.length > 0 && token === undefined) {
    throw new AdapterError("A Space: sendTokenTo needs a token to send", { code: "ADAPTER_OPTIONS_INVALID" });
  }
  if (token === undefined || !hosts.some((host) => host.toLowerCase() === url.host)) return {};
  const isBehindProxy = url.hostname.endsWith(".hf.space");
  return { [isBehindProxy ? "x-hf-authorization" : "authorization"]: `Bearer ${token}` };
}
