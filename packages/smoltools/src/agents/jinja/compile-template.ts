import { errorMessage } from "@smoltools/core";
import { AgentFileError, agentLimits } from "@smoltools/hub";
import { type JinjaValue, loadJinja } from "./library.ts";
import { templateProblem } from "./template-problem.ts";

/** Most nodes that are evaluated to render a template once. */
const maxSteps = 50_000;
/** Most characters that are put together, counted each time they are. */
const maxCharacters = 8_000_000;

/** Renders a template with data: texts, lists and objects of them, and functions without arguments that give texts. */
export type Render = (data: Readonly<Record<string, unknown>>) => string;

/**
 * Makes a Jinja template of somebody else into a function.
 *
 * It sees the data and nothing else; its syntax is checked before, and its work counted while it is rendered.
 *
 * @param variables - Names of the data that there will be.
 * @returns The function, or why the template is not used.
 */
export async function compileTemplate(
  template: string,
  variables: readonly string[],
): Promise<{ render: Render } | { problem: string }> {
  if (template.length > agentLimits.maxTextLength) return { problem: `it is longer than ${agentLimits.maxTextLength}` };
  const { Environment, Interpreter, parse, tokenize } = await loadJinja();

  class MeteredInterpreter extends Interpreter {
    #steps = 0;
    #characters = 0;

    override evaluate(statement: unknown, environment: unknown): JinjaValue {
      if (++this.#steps > maxSteps) throw new RangeError("it takes too many steps");
      const result = super.evaluate(statement, environment);
      if (typeof result.value === "string") this.#characters += result.value.length;
      if (this.#characters > maxCharacters) throw new RangeError("it makes too much text");
      return result;
    }
  }

  let program: object;
  try {
    // As Jinja is by default, and smolagents uses it.
    program = parse(tokenize(template, { lstrip_blocks: false, trim_blocks: false }));
    const problem = templateProblem(program, variables);
    if (problem !== undefined) return { problem };
  } catch (error) {
    return { problem: `it is not a valid template: ${errorMessage(error)}` };
  }
  return {
    render: (data) => {
      const environment = new Environment();
      const constants = { true: true, false: false, none: null, True: true, False: false, None: null };
      for (const [name, value] of Object.entries({ ...constants, ...data })) environment.set(name, value);
      try {
        return String(new MeteredInterpreter(environment).run(program).value);
      } catch (cause) {
        throw new AgentFileError(`A prompt of the agent cannot be rendered: ${errorMessage(cause)}`, {
          code: "AGENT_FILE_INVALID",
          cause,
        });
      }
    },
  };
}
