import {
  type Agent,
  canonicalJson,
  type CodeLanguage,
  type PromptTemplates,
  type PromptValues,
  renderDeclarations,
  renderPythonDeclarations,
  type Tool,
  type ToolDeclaration,
} from "@smoltools/core";

/** What the templates of an agent are about. */
export interface PromptScope {
  language: CodeLanguage;
  tools: readonly Tool[];
  managedAgents: readonly Agent[];
  /** What Python code may import. */
  imports: readonly string[] | "*";
  instructions: string;
}

type PromptKey = keyof PromptTemplates;

const lists = ["tools", "managed_agents"];

/** The variables that smolagents has for each of its templates, by the prompt that it is here. */
export const promptVariables: Readonly<Record<PromptKey, readonly string[]>> = {
  system: [...lists, "authorized_imports", "custom_instructions", "code_block_opening_tag", "code_block_closing_tag"],
  firstPlan: ["task", ...lists],
  planUpdateBefore: ["task"],
  planUpdateAfter: ["task", "remaining_steps", ...lists],
  finalAnswerBefore: ["task"],
  finalAnswerAfter: ["task"],
  managedTask: ["name", "task"],
  managedReport: ["name", "final_answer"],
  summary: ["task"],
};

/** Whether a key is the name of a prompt. */
export function isPromptKey(key: string): key is PromptKey {
  return Object.hasOwn(promptVariables, key);
}

/** The data for a template of smolagents, of what a prompt is told here. */
export function promptData(values: PromptValues, scope: PromptScope): Record<string, unknown> {
  const { tools, managedAgents, imports, language, instructions } = scope;
  return {
    tools: Object.fromEntries([...tools, finalAnswer].map((tool) => [tool.name, toolData(tool, language)])),
    managed_agents: Object.fromEntries(
      managedAgents.map(({ name = "", description = "" }) => [
        name,
        { name, description, inputs: agentInputs, output_type: "string" },
      ]),
    ),
    authorized_imports: imports === "*" ? "You can import from any package you want." : JSON.stringify(imports),
    custom_instructions: instructions,
    code_block_opening_tag: values["openTag"] ?? "",
    code_block_closing_tag: values["closeTag"] ?? "",
    task: values["task"] ?? "",
    name: values["name"] ?? "",
    final_answer: values["answer"] ?? "",
    remaining_steps: values["stepsLeft"] ?? "",
  };
}

const agentInputs = {
  task: { type: "string", description: "The task, with everything that has to be known for it." },
  additional_args: { type: "object", description: "Values that the task is about, by name.", nullable: true },
};

const finalAnswer: ToolDeclaration = {
  name: "final_answer",
  description: "Gives the final answer and ends the task.",
  inputSchema: {
    type: "object",
    properties: { answer: { description: "The answer to the task." } },
    required: ["answer"],
  },
};

function toolData(tool: ToolDeclaration, language: CodeLanguage): Record<string, unknown> {
  const inputs = Object.fromEntries(
    Object.entries(tool.inputSchema.properties ?? {}).map(([name, schema]) => {
      const { type = "any", description = "" } = typeof schema === "object" ? schema : {};
      return [name, { type, description }];
    }),
  );
  const output = typeof tool.outputSchema === "object" ? (tool.outputSchema.type ?? "any") : "any";
  const code = (): string => (language === "python" ? renderPythonDeclarations([tool]) : renderDeclarations([tool]));
  return {
    name: tool.name,
    description: tool.description,
    inputs,
    output_type: output,
    to_code_prompt: code,
    to_tool_calling_prompt: () =>
      `${tool.name}: ${tool.description}\n    Takes inputs: ${canonicalJson(inputs)}\n    Returns an output of type: ${String(output)}`,
  };
}
