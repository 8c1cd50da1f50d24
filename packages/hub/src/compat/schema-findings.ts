import { type JsonSchema, typeText } from "@smoltools/core";
import type { Finding } from "./compatibility.ts";
import { pointer } from "./pointer.ts";
import { opened, unlisted } from "./schema-parts.ts";
import type { Budget } from "./subset/budget.ts";
import type { Reason, ReasonKind } from "./subset/reason.ts";
import { Subset } from "./subset/subset.ts";
import { shorten } from "../shared/shorten.ts";

/** A finding about one schema of a tool: the tool's name is added by whoever judges the tool. */
type SchemaFinding = Omit<Finding, "tool">;

type Rules = Partial<Record<ReasonKind, string>>;

/**
 * Judges a change of an input schema: what callers sent before must still be accepted.
 *
 * @param path - Where the schema stands in the tool's declaration.
 * @param budget - What all comparisons of the packages may take together.
 */
export function inputFindings(
  before: JsonSchema,
  after: JsonSchema,
  path: readonly string[],
  budget?: Budget,
): SchemaFinding[] {
  const breaks = new Subset(before, after, budget).reasons();
  if (breaks.length > 0) {
    const rules: Rules = {
      required: "input-required",
      "removed-key": "input-removed",
      "unknown-key": "input-closed",
      "code-type": "input-code-type",
      unproved: "input-unproved",
    };
    return breaks.map((reason) =>
      finding({ reason, rule: rules[reason.kind] ?? "input-narrowed", bump: "major", path, innerIs: "before" }),
    );
  }
  const rules: Rules = { "removed-key": "input-added", required: "input-optional", "unknown-key": "input-opened" };
  return new Subset(after, before, budget)
    .reasons()
    .map((reason) =>
      finding({ reason, rule: rules[reason.kind] ?? "input-widened", bump: "minor", path, innerIs: "after" }),
    );
}

/**
 * Judges a change of an output schema: what callers get now must be what they could get before. New fields do not
 * disturb them, and neither do values that a choice marked `x-open` announced.
 *
 * @param path - Where the schema stands in the tool's declaration.
 * @param budget - What all comparisons of the packages may take together.
 */
export function outputFindings(
  before: JsonSchema,
  after: JsonSchema,
  path: readonly string[],
  budget?: Budget,
): SchemaFinding[] {
  const breaks = new Subset(unlisted(after), opened(unlisted(before)), budget).reasons();
  if (breaks.length > 0) {
    return breaks.map((reason) => finding({ reason, rule: outputRule(reason), bump: "major", path, innerIs: "after" }));
  }
  const rules: Rules = { "removed-key": "output-added", "unknown-key": "output-opened" };
  const added = new Subset(after, before, budget)
    .reasons()
    .map((reason) =>
      finding({ reason, rule: rules[reason.kind] ?? "output-added", bump: "minor", path, innerIs: "after" }),
    );
  const narrowed = [
    ...new Subset(before, after, budget).reasons(),
    ...new Subset(unlisted(before), unlisted(after), budget).reasons(),
  ]
    .filter((one, index, all) => all.findIndex(({ path }) => path.join("/") === one.path.join("/")) === index)
    .map((reason) => finding({ reason, rule: "output-narrowed", bump: "minor", path, innerIs: "before" }));
  // A new field is found from both sides: the old results lack it.
  const places = new Set(added.map((one) => one.path));
  return [...added, ...narrowed.filter((one) => !places.has(one.path))];
}

function outputRule({ kind, inner }: Reason): string {
  if (kind === "required") return inner === undefined ? "output-removed" : "output-optional";
  if (kind === "code-type") return "output-code-type";
  return kind === "unproved" ? "output-unproved" : "output-widened";
}

const meanings: Readonly<Record<string, string>> = {
  "input-required": "callers that do not give it fail",
  "input-removed": "callers that give it fail",
  "input-closed": "callers that give more than is listed fail",
  "input-code-type": "callers that pass what they passed before fail",
  "input-narrowed": "some of what callers give is not accepted any more",
  "input-unproved": "nobody can tell whether all that callers give is still accepted",
  "input-added": "callers can give something new",
  "input-optional": "callers can leave it out",
  "input-opened": "callers can give more than is listed",
  "input-widened": "callers can give more than before",
  "output-removed": "callers that read it fail",
  "output-optional": "callers that rely on it fail when it is missing",
  "output-code-type": "callers get another type in their code",
  "output-widened": "callers can get what they do not expect",
  "output-unproved": "nobody can tell whether callers get only what they expect",
  "output-added": "callers get something new",
  "output-opened": "callers can get more than is listed",
  "output-narrowed": "callers get less variety than before",
};

interface FindingParts {
  reason: Reason;
  rule: string;
  bump: Finding["bump"];
  path: readonly string[];
  innerIs: "before" | "after";
}

function finding({ reason, rule, bump, path, innerIs }: FindingParts): SchemaFinding {
  const { inner, outer, why } = reason;
  const [before, after] = innerIs === "before" ? [inner, outer] : [outer, inner];
  const meaning = meanings[rule] ?? "callers notice";
  // Seen from the old version, the reason would say the opposite of what changed.
  const message = bump === "major" && innerIs === "before" ? `${why}: ${meaning}` : meaning;
  return {
    rule,
    bump,
    ...(reason.kind === "unproved" && { unproved: true as const }),
    path: pointer([...path, ...reason.path]),
    ...(before !== undefined && { before: schemaText(before) }),
    ...(after !== undefined && { after: schemaText(after) }),
    message,
  };
}

/** A schema as a short text: a type where that says enough. */
function schemaText(schema: JsonSchema): string {
  const text =
    typeof schema === "object" && isPlain(schema)
      ? typeText(schema, { bare: true, integer: "integer" })
      : JSON.stringify(schema);
  return shorten(text, 160);
}

const typeKeywords: ReadonlySet<string> = new Set([
  "type",
  "properties",
  "required",
  "additionalProperties",
  "items",
  "enum",
  "const",
  "anyOf",
  "title",
  "description",
  "default",
]);

function isPlain(schema: object): boolean {
  return Object.keys(schema).every((keyword) => typeKeywords.has(keyword));
}
