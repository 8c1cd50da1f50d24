import { isLoopback } from "./util/loopback.ts";

/** Where a known provider or local server answers. */
export interface Preset {
  readonly baseUrl: string;
}

/**
 * Base addresses of providers and of local servers at their default ports, to be spread into the options:
 * `openAICompatible({ ...presets.ollama, model: "qwen3:8b" })`.
 */
export const presets: Readonly<Record<"openai" | "huggingFace" | "ollama" | "vllm" | "llamaCpp", Preset>> = {
  openai: { baseUrl: "https://api.openai.com/v1" },
  huggingFace: { baseUrl: "https://router.huggingface.co/v1" },
  ollama: { baseUrl: "http://127.0.0.1:11434/v1" },
  vllm: { baseUrl: "http://127.0.0.1:8000/v1" },
  llamaCpp: { baseUrl: "http://127.0.0.1:8080/v1" },
};

const startCommands = new Map([
  ["11434", "ollama serve"],
  ["8000", "vllm serve MODEL"],
  ["8080", "llama-server -m MODEL.gguf"],
]);

/**
 * What to do when nobody answers at an address.
 *
 * @param url - The address that was asked.
 */
export function startHint(url: URL): string {
  if (!isLoopback(url)) return "Check the address and the network.";
  const command = startCommands.get(url.port);
  return command ? `Is the server running? Start it with: ${command}` : "Is the server running?";
}
