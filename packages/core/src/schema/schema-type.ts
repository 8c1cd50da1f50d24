/** How deep types are read: deeper ones are `unknown`, so that no schema can slow the compiler down. */
type MaxDepth = 8;

/** Keywords whose meaning for a type is more than this reads. */
type Combined =
  | { readonly anyOf: unknown }
  | { readonly oneOf: unknown }
  | { readonly allOf: unknown }
  | { readonly not: unknown }
  | { readonly if: unknown }
  | { readonly $ref: unknown }
  | { readonly prefixItems: unknown };

interface NamedTypes {
  string: string;
  number: number;
  integer: number;
  boolean: boolean;
  null: null;
}

/**
 * The TypeScript type of the values that a JSON Schema allows, as far as it can be read from a literal schema: `type`,
 * `const`, `enum`, `items`, `properties` and `required`. What it cannot read is `unknown`; validation at run time knows
 * the rest.
 */
export type SchemaType<S, Depth extends readonly 0[] = []> = Depth["length"] extends MaxDepth
  ? unknown
  : S extends Combined
    ? unknown
    : S extends { readonly const: infer Value }
      ? Value
      : S extends { readonly enum: readonly (infer Value)[] }
        ? Value
        : S extends { readonly type: readonly (infer Name)[] }
          ? NamedType<S, Name, Depth>
          : S extends { readonly type: infer Name }
            ? NamedType<S, Name, Depth>
            : unknown;

type NamedType<S, Name, Depth extends readonly 0[]> = Name extends keyof NamedTypes
  ? NamedTypes[Name]
  : Name extends "array"
    ? S extends { readonly items: infer Items }
      ? SchemaType<Items, [...Depth, 0]>[]
      : unknown[]
    : Name extends "object"
      ? ObjectType<S, Depth>
      : unknown;

type ObjectType<S, Depth extends readonly 0[]> = S extends { readonly properties: infer Properties }
  ? Flat<
      { -readonly [Key in RequiredKey<S, Properties>]: SchemaType<Properties[Key], [...Depth, 0]> } & {
        -readonly [Key in Exclude<keyof Properties, RequiredKey<S, Properties>>]?: SchemaType<
          Properties[Key],
          [...Depth, 0]
        >;
      }
    >
  : S extends { readonly additionalProperties: infer Values }
    ? Values extends object
      ? Record<string, SchemaType<Values, [...Depth, 0]>>
      : Record<string, unknown>
    : Record<string, unknown>;

type RequiredKey<S, Properties> = S extends { readonly required: readonly (infer Key)[] }
  ? Extract<keyof Properties, Key>
  : never;

type Flat<Type> = { [Key in keyof Type]: Type[Key] };
