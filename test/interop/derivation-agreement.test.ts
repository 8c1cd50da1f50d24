// Holds derived schemas against those of others: do both accept and refuse the same values?
import { beforeAll, describe, expect, it } from "vitest";
import { declared, lists, objects, plainTypes, recursive, texts, unions } from "../../fixtures/derive/constructs.ts";
import { deriveType, type DerivedType, disagreements } from "./derivation/agreement.ts";
import { modernSchema } from "./derivation/modern-schema.ts";
import { peerSchemas } from "./derivation/peers.ts";
import { suiteCases } from "./derivation/suite.ts";

/** The share of cases that a first implementation agreed on: the bar. */
const bar = 0.84;

describe("the test suite of typescript-json-schema", () => {
  const cases = suiteCases();

  /** Where the two part, and why. */
  const differences: Record<"own tags" | "no schema" | "another reading", Record<string, string>> = {
    "own tags": {
      "annotation-tjs": "@TJS-format and @TJS-pattern are words of that generator",
      "comments-override": "so is @additionalProperties: objects of tools are closed",
      "force-type": "so is @TJS-type, which says another type than TypeScript",
      "force-type-imported": "the same, of an imported type",
      "ignored-required": "so is @ignore: a type without the property says it",
      "type-nullable": "so is @nullable: | null says it",
    },
    "no schema": {
      "annotation-default": "any is refused",
      "annotation-id": "a property without a type is any",
      "annotation-ref": "a property without a type is any",
      "array-and-description": "any is refused",
      "class-single": "a class with a method is no data; they leave the method out",
      "enums-mixed": "members are computed: true as any",
      "enums-string": 'members are computed: "x" as any',
      "module-interface-single": "the namespace does not export the interface, so that no type can name it",
      "type-aliases-local-namsepace": "any is refused",
      "type-primitives": "any is refused",
      "typeof-keyword": "a function is refused",
    },
    "another reading": {
      "array-types": "{ [index: number]: T } is an object; they make an array of it",
      "builtin-names": "an empty class is closed, as every other",
      "map-types": "an empty interface is closed, as every other",
      "type-aliases-fixed-size-array":
        "a tuple has its length; at the time of the suite TypeScript accepted longer ones",
    },
  };

  const found = new Map<string, "agree" | "no schema" | "differ">();
  beforeAll(async () => {
    for (const { name, type, files, expected } of cases) {
      const { "main.ts": main = "", ...others } = files;
      const paths = Object.entries(others).map(([file, text]) => [`/suite/${name}/${file}`, text]);
      const { schema } = await deriveType(main, type, `/suite/${name}/main.ts`, Object.fromEntries(paths));
      if (schema === undefined) found.set(name, "no schema");
      else found.set(name, disagreements(schema, modernSchema(expected)).length === 0 ? "agree" : "differ");
    }
  });

  const ofKind = (kind: string) => [...found].filter(([, each]) => each === kind).map(([name]) => name);

  it("agrees but for the differences that are named", () => {
    expect(found.size).toBe(cases.length);
    expect(ofKind("no schema").toSorted()).toEqual(Object.keys(differences["no schema"]));
    const differing = { ...differences["own tags"], ...differences["another reading"] };
    expect(ofKind("differ").toSorted()).toEqual(Object.keys(differing).toSorted());
  });

  it("agrees on more than the bar where both have a schema of what TypeScript says", () => {
    const other = Object.keys(differences["another reading"]).length;
    const agreed = ofKind("agree").length;
    expect(agreed).toBeGreaterThanOrEqual(44);
    expect(agreed / (agreed + other)).toBeGreaterThan(bar);
  });
});

describe("other generators", () => {
  const rows = [
    ...[...plainTypes, ...unions, ...lists, ...objects, ...texts].map(([type]) => ({ name: type, type, source: "" })),
    ...[...declared, ...recursive].map(([name, type, source]) => ({ name, type, source })),
  ];

  /** Where none of them says the same. */
  const alone: Record<string, string> = {
    "10n": "they have no schema",
    bigint: "JSON has no bigint: they accept numbers, we digits",
    "{ a?: never; [key: string]: string | undefined }": "a property of type never is not there: they accept any text",
    "{ [key: `x-${string}`]: string }": "they accept every key",
    "{}": "they close what accepts every object",
    "Uppercase<string>": "they have no schema, or that of an array",
    "Lowercase<string>": "they have no schema, or that of an array",
    "Capitalize<string>": "they have no schema, or that of an array",
    "Uncapitalize<string>": "they have no schema, or that of an array",
    "`on${Capitalize<string>}`": "they accept every text, or none",
    "names of members that every object has": "they lose the property __proto__",
    "property named by a symbol": "they ask for a property that no JSON has",
    "class with public data": "they ask for its private members",
  };

  const ours: DerivedType[] = [];
  let verdicts: Record<string, (boolean | undefined)[]> = {};
  beforeAll(async () => {
    for (const [index, { type, source }] of rows.entries())
      ours.push(await deriveType(source, type, `/row${index}.ts`));
    const peers = peerSchemas(rows.map(({ type, source }, index) => `${source}\nexport type Row${index} = ${type};`));
    verdicts = Object.fromEntries(
      Object.entries(peers).map(([peer, schemas]) => [
        peer,
        schemas.map((theirs, index) => {
          const schema = ours[index]?.schema;
          if (theirs instanceof Error || schema === undefined) return undefined;
          return disagreements(schema, theirs).length === 0;
        }),
      ]),
    );
  });

  it("agree with the construct table, one or the other, but for the differences that are named", () => {
    expect(ours.filter(({ schema }) => schema === undefined)).toEqual([]);
    const different = rows.filter((_, index) => !Object.values(verdicts).some((of) => of[index] === true));
    expect(different.map(({ name }) => name).toSorted()).toEqual(Object.keys(alone).toSorted());
    expect(1 - different.length / rows.length).toBeGreaterThan(bar);
  });

  it("each agree on most of it where they have a schema", () => {
    for (const of of Object.values(verdicts)) {
      const known = of.filter((verdict) => verdict !== undefined);
      expect(known.filter(Boolean).length / known.length).toBeGreaterThan(0.8);
    }
  });
});
