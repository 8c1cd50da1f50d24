/**
 * What a model wrote before its code; all that it wrote where the code is not to be found in it.
 *
 * @param answer - The model's answer: text with the code in it, or JSON with `thought` and `code`.
 */
export function thoughtOf(answer: string, code: string): string {
  const text = answer.trim();
  if (text.startsWith("{")) {
    const thought = thoughtOfJson(text);
    if (thought !== undefined) return thought.trim();
  }
  const at = text.indexOf(code.trim());
  return at === -1 ? text : withoutOpening(text.slice(0, at));
}

/** Without the fence and the tag behind which the code stands. */
function withoutOpening(text: string): string {
  const unfenced = text.trimEnd().replace(/```\w{0,20}$/, "");
  return unfenced
    .trimEnd()
    .replace(/<[^\s<>]{1,40}>$/, "")
    .trimEnd();
}

function thoughtOfJson(text: string): string | undefined {
  try {
    const json: unknown = JSON.parse(text);
    const isAnswer = typeof json === "object" && json !== null && "thought" in json && "code" in json;
    return isAnswer && typeof json.thought === "string" ? json.thought : undefined;
  } catch {
    return undefined;
  }
}
