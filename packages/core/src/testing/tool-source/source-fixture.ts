import type { JsonSchema, ObjectSchema } from "../../schema/json-schema.ts";
import type { ToolSource } from "../../tool/tool-source.ts";

/** A tool that the source under test is to offer: its author writes it in the form that the source knows. */
export interface SourceFixture {
  /** As the source has it: not always one that a tool of ours can have. */
  readonly name: string;
  /** Sometimes empty. */
  readonly description: string;
  readonly inputSchema: ObjectSchema;
  readonly outputSchema?: JsonSchema;
  /**
   * The function.
   *
   * @returns A text, or what fits `outputSchema` where there is one; or a `MediaRef`, or a list of texts and
   *   `MediaRef`s, to be offered as the source offers media. It may throw.
   */
  execute(input: unknown, call: { signal: AbortSignal }): unknown;
}

/** Makes a source that offers these tools. */
export type OfferTools<Source extends ToolSource> = (fixtures: readonly SourceFixture[]) => Promise<Source>;

/** A fixture of which only a part matters. */
export function fixture(part: Partial<SourceFixture>): SourceFixture {
  return {
    name: "say",
    description: "Says something.",
    inputSchema: { type: "object", properties: {} },
    execute: () => "said",
    ...part,
  };
}

/** A fixture that notes what it is called with. */
export function recording(part: Partial<SourceFixture> = {}): { inputs: unknown[]; tool: SourceFixture } {
  const inputs: unknown[] = [];
  const made = fixture(part);
  const execute: SourceFixture["execute"] = (input, call) => {
    inputs.push(input);
    return made.execute(input, call);
  };
  return { inputs, tool: { ...made, execute } };
}
