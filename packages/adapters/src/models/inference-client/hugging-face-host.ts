const hosts = new Set(["huggingface.co", "router.huggingface.co"]);

/**
 * True for addresses that Hugging Face itself answers at. Spaces and Inference Endpoints are not among them: what runs
 * there is their owners'.
 */
export function isHuggingFaceHost(url: URL): boolean {
  return url.protocol === "https:" && url.port === "" && hosts.has(url.hostname);
}
