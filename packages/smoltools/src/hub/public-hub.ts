const publicHubUrl = "https://huggingface.co";

/** Tells whether two endpoints, as people write them, are the same hub. None means the public Hugging Face Hub. */
export function isSameHub(one: string | undefined, other: string | undefined): boolean {
  return withoutSlash(one) === withoutSlash(other);
}

/** Tells whether an endpoint is the public Hugging Face Hub. None means that it is. */
export function isPublicHub(endpoint: string | undefined): boolean {
  return isSameHub(endpoint, undefined);
}

function withoutSlash(endpoint: string | undefined): string {
  return (endpoint || publicHubUrl).replace(/\/+$/, "");
}
