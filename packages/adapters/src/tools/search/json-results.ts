import { fieldOf, isRecord, textField } from "../../shared/json-access.ts";
import { textOfHtml } from "../html/parse-html.ts";
import { jsonAnswer } from "../web/json-answer.ts";
import type { WebAnswer } from "../web/web-request.ts";
import { WebToolError } from "../web/web-tool-error.ts";
import { mostItems, type SearchResult } from "./search-result.ts";

/** Where results are in a JSON answer. */
export interface JsonResultFields {
  /** Keys that lead to the list of results. */
  list: readonly string[];
  /** Fields of a result. @default `title`, `url` and `snippet` */
  title?: string;
  url?: string;
  snippet?: string;
}

/**
 * Reads results from JSON. What is missing is empty, what is more than 1,000 is left out; a list that is missing has no results.
 *
 * @throws WebToolError `WEB_BAD_ANSWER` when the answer is not a JSON object, or has something else in the list's place.
 */
export async function jsonResults(
  answer: WebAnswer,
  service: string,
  fields: JsonResultFields,
): Promise<SearchResult[]> {
  const list = fields.list.reduce<unknown>((value, key) => fieldOf(value, key), jsonAnswer(answer, service));
  if (list === undefined || list === null) return [];
  if (!Array.isArray(list)) {
    throw new WebToolError(`${service} answered without a list of results at ${fields.list.join(".")}.`, {
      code: "WEB_BAD_ANSWER",
      data: { service },
    });
  }
  const { title = "title", url = "url", snippet = "snippet" } = fields;
  return Promise.all(
    list
      .slice(0, mostItems)
      .filter(isRecord)
      .map(async (item) => ({
        title: await textOfHtml(textField(item, title) ?? ""),
        url: textField(item, url) ?? "",
        snippet: await textOfHtml(textAt(item[snippet])),
      })),
  );
}

/** Some engines give several pieces of text. */
function textAt(value: unknown): string {
  const pieces: unknown[] = Array.isArray(value) ? value : [value];
  return pieces.filter((piece) => typeof piece === "string").join(" … ");
}
