import type { JsonSchema } from "@smoltools/core";
import type { FunctionView } from "./engine/port.ts";
import { commentRepair } from "./fix/comment-repair.ts";
import { isJavaScript } from "./is-javascript.ts";
import type { FunctionDoc } from "./jsdoc/function-doc.ts";
import type { ProblemList } from "./problems/problem-list.ts";
import { annotate } from "./types/comments/annotate.ts";
import { inKeywordOrder } from "./types/keyword-order.ts";
import { SchemaDerivation } from "./types/schema-of.ts";

/** Derives the schema of what a function returns. */
export function deriveOutput(view: FunctionView, { returns }: FunctionDoc, problems: ProblemList): JsonSchema {
  const { result, resultPlace } = view;
  const { shape } = result;
  if (shape.kind === "any" && shape.missing === undefined && !shape.isEndless) {
    const message = `What "${view.exportName}" returns has the type any.`;
    const fix = isJavaScript(resultPlace)
      ? "write the type into the comment above the function: @returns {Promise<string>} what it returns"
      : "write the type behind the parameters: ): Promise<string>";
    problems.refuse("E_NO_RETURN", resultPlace, message, fix);
    return {};
  }
  const derivation = new SchemaDerivation("output", problems);
  const root = derivation.rootSchema(result, {
    path: "result",
    place: resultPlace,
    undefinedIs: "null",
    mayStream: true,
    isForeign: view.isForeign,
  });
  annotate(
    root,
    { text: returns?.text ?? "", constraints: returns?.constraints ?? [], initial: undefined },
    derivation,
  );
  if (!root.description && root.type !== "null") {
    const fix = "add to the comment above the function: @returns what it returns";
    const repair = commentRepair(view, { tag: "returns" });
    problems.warn(
      "W_NO_DESCRIPTION",
      resultPlace,
      `What "${view.exportName}" returns has no description.`,
      fix,
      repair,
    );
  }
  const definitions = derivation.finish();
  return inKeywordOrder({ ...root, ...(Object.keys(definitions).length > 0 && { $defs: definitions }) });
}
