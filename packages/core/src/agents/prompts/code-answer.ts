import type { AnswerForm } from "../code/language.ts";

/** How an answer holds code, as the first items of a list. */
export const howToAnswer: Readonly<Record<AnswerForm, string>> = {
  tagged: `1. Write a line "Thought:" that says what you do next and why.
2. Write the code between {{openTag}} and {{closeTag}}, once, and stop.`,
  structured: `1. Answer with one JSON object and nothing else: {"thought": "what you do next and why", "code": "the code"}.
2. The code is plain text in that field, without fences.`,
};

/** An example of an answer with this code, which computes the mean of some values. */
export function exampleAnswer(form: AnswerForm, code: string): string {
  const thought = "I compute the mean of the values and answer with it.";
  return form === "tagged"
    ? `Thought: ${thought}\n{{openTag}}\n${code}\n{{closeTag}}`
    : `{"thought": ${JSON.stringify(thought)}, "code": ${JSON.stringify(code)}}`;
}
