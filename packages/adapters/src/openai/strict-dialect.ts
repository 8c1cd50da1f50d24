import type { Dialect } from "../shared/schema-export/dialect.ts";

const kept = new Set(
  "minimum maximum exclusiveMinimum exclusiveMaximum multipleOf minItems maxItems pattern format".split(" "),
);
const formats = new Set("date-time time date duration email hostname ipv4 ipv6 uuid".split(" "));

/** The part of JSON Schema that OpenAI's strict mode accepts; one word more makes it refuse the request. */
export const openAIStrict: Dialect = {
  keeps: (keyword, value) => {
    if (keyword === "format") return typeof value === "string" && formats.has(value);
    // It knows no lookaround.
    if (keyword === "pattern") return typeof value === "string" && !/\(\?<?[=!]/.test(value);
    return kept.has(keyword);
  },
  optional: "null",
  records: "entries",
  tuples: "list",
  anything: "text",
  recursion: "native",
  other: "text",
  literals: "scalars",
  refSiblings: true,
  propertyName: /^[^\p{C}]+$/u,
};
