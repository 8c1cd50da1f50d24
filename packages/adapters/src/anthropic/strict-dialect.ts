import type { Dialect } from "../shared/schema-export/dialect.ts";

const formats = new Set("date-time time date duration email hostname uri ipv4 ipv6 uuid".split(" "));

/** What the API asks of the names of properties. */
export const anthropicPropertyName: RegExp = /^[a-zA-Z0-9_.-]{1,64}$/;

/**
 * The part of JSON Schema that Anthropic's strict mode accepts. Optional properties stay optional: it counts them, but
 * it allows fewer types with `null`.
 */
export const anthropicStrict: Dialect = {
  keeps: (keyword, value) => {
    if (keyword === "format") return typeof value === "string" && formats.has(value);
    return keyword === "minItems" && (value === 0 || value === 1);
  },
  optional: "absent",
  records: "entries",
  tuples: "list",
  anything: "text",
  recursion: "text",
  other: "text",
  literals: "scalars",
  refSiblings: false,
  propertyName: anthropicPropertyName,
};
