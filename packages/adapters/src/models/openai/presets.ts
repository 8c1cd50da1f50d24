/** Where a known provider or local server answers. */
export interface Preset {
  readonly baseUrl: string;
}

/**
 * Base addresses of providers and of local servers at their default ports, to be spread into the options:
 * `new OpenAIModel({ ...presets.ollama, model: "qwen3:8b" })`.
 */
export const presets: Readonly<Record<"openai" | "huggingFace" | "ollama" | "vllm" | "llamaCpp", Preset>> = {
  openai: { baseUrl: "https://api.openai.com/v1" },
  huggingFace: { baseUrl: "https://router.huggingface.co/v1" },
  ollama: { baseUrl: "http://127.0.0.1:11434/v1" },
  vllm: { baseUrl: "http://127.0.0.1:8000/v1" },
  llamaCpp: { baseUrl: "http://127.0.0.1:8080/v1" },
};
