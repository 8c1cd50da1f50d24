/** A value of a template, as the library has it. */
export interface JinjaValue {
  readonly value: unknown;
}

/** What is used of `@huggingface/jinja`: its own declarations cannot be resolved by a program of ES modules. */
export interface JinjaLibrary {
  tokenize(template: string, options: { lstrip_blocks: boolean; trim_blocks: boolean }): unknown[];
  parse(tokens: unknown[]): object;
  Environment: new () => { set(name: string, value: unknown): void };
  Interpreter: new (environment: object) => {
    run(program: object): JinjaValue;
    /** Each part of a template comes through here. */
    evaluate(statement: unknown, environment: unknown): JinjaValue;
  };
}

/** Loads the library. */
export async function loadJinja(): Promise<JinjaLibrary> {
  return (await import("@huggingface/jinja")) as unknown as JinjaLibrary;
}
