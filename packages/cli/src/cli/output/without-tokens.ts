/** A text without what looks like a token of a hub: somebody may have typed one in the wrong place. */
export function withoutTokens(text: string): string {
  return text.replace(/hf_[A-Za-z0-9]{10,}/g, "hf_…");
}
