export const publicHubUrl = "https://huggingface.co";

/** Tells whether an endpoint, as the environment names it, is the public Hugging Face Hub. None means that it is. */
export function isPublicHub(endpoint: string | undefined): boolean {
  return !endpoint || endpoint.replace(/\/+$/, "") === publicHubUrl;
}
