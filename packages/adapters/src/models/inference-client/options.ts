import type { InferenceProviderOrPolicy } from "@huggingface/inference";
import type { ApiKey, ChatOptions } from "../shared/chat-options.ts";

/** Options of `InferenceClientModel`. Times are milliseconds, sizes bytes. */
export interface InferenceClientModelOptions extends ChatOptions {
  /**
   * Who runs the model. Default `"auto"`: the first of its providers, in the order of your settings at
   * https://hf.co/settings/inference-providers.
   */
  provider?: InferenceProviderOrPolicy;
  /**
   * A token of Hugging Face (`hf_…`), or a key of `provider`, which is then asked directly. Default, and only towards
   * Hugging Face itself: `HF_TOKEN`, else the token that `hf auth login` stored.
   */
  token?: ApiKey | undefined;
  /** The organization that pays, of which the token's user is a member. */
  billTo?: string;
  /**
   * Address of an Inference Endpoint, or of another server of the same protocol, instead of a provider. It is sent no
   * token but one given by `token`.
   */
  endpointUrl?: string;
}
