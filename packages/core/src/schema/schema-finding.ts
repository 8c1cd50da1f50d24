/** One way in which a value does not fit a schema. */
export interface SchemaFinding {
  /** Where, as code would write it: `options.limit`, `rows[3].name`; empty for the whole value. */
  path: string;
  /** What the schema accepts there, in TypeScript's notation where it has one. */
  expected: string;
  /** What came instead, shortened. */
  received: string;
}

/** The findings as lines for a person or a model. */
export function findingsText(findings: readonly SchemaFinding[]): string {
  const most = 8;
  const lines = findings.slice(0, most).map(({ path, expected, received }) => {
    return `- ${path === "" ? "the value" : path}: expected ${expected}, got ${received}`;
  });
  if (findings.length > most) lines.push(`- and ${findings.length - most} more`);
  return lines.join("\n");
}
