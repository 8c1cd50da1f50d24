import type { ObjectSchema, ToolDeclaration } from "@smoltools/core";
import { toAnthropic } from "../../../anthropic/index.ts";
import { toGemini } from "../../../gemini/index.ts";
import { toOpenAI } from "../../../openai/index.ts";
import type { ExportedInput } from "../export-input.ts";
import type { Written } from "./written-cases.ts";

const declared = (inputSchema: ObjectSchema): ToolDeclaration => ({ name: "f", description: "F.", inputSchema });

/** What each provider is told of an input, by its public function. */
export const exporters: [
  provider: Exclude<keyof Written, "value">,
  exported: (schema: ObjectSchema) => ExportedInput,
][] = [
  [
    "openai",
    (inputSchema) => {
      const { definition, decode } = toOpenAI(declared(inputSchema));
      return { schema: { ...definition.function.parameters, type: "object" }, decode };
    },
  ],
  [
    "anthropic",
    (inputSchema) => {
      const { definition, decode } = toAnthropic(declared(inputSchema), { strict: true });
      return { schema: definition.input_schema, decode };
    },
  ],
  [
    "gemini",
    (inputSchema) => {
      const { definition, decode } = toGemini(declared(inputSchema));
      return { schema: { ...definition.parametersJsonSchema, type: "object" }, decode };
    },
  ],
];
