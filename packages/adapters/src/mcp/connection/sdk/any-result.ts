interface Taken {
  success: true;
  data: unknown;
}

/**
 * A schema that takes every answer as it is, in the forms that both lines of the SDK ask for: what zod schemas can do
 * for version 1, Standard Schema for version 2.
 *
 * The SDKs' own schemas refuse a whole list because of one tool in it that is not well-formed. Here each part of an
 * answer is checked where it is used.
 */
export const anyResult: {
  readonly "~standard": { version: 1; vendor: string; validate: (value: unknown) => { value: unknown } };
  safeParse: (data: unknown) => Taken;
  safeParseAsync: (data: unknown) => Promise<Taken>;
} = {
  "~standard": { version: 1, vendor: "smoltools", validate: (value) => ({ value }) },
  safeParse: (data) => ({ success: true, data }),
  safeParseAsync: async (data) => ({ success: true, data }),
};
