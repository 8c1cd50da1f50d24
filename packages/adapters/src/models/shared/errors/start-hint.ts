import { isLoopback } from "../../../shared/loopback.ts";

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
