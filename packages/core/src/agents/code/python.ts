import { pythonBuiltins, pythonKeywords } from "../../schema/python/python-words.ts";
import {
  renderPythonDeclarations,
  renderPythonFinalAnswer,
} from "../../tool/declarations/render-python-declarations.ts";
import { pythonCodeAgentPrompts } from "../prompts/python-code-agent-prompt.ts";
import { renameFinalAnswerVariable } from "./final-answer-variable.ts";
import type { LanguageProfile } from "./language.ts";

const identifier = /^[\p{XID_Start}_]\p{XID_Continue}*$/u;

/** Python. */
export const python: LanguageProfile = {
  language: "python",
  title: "Python",
  finalAnswer: "final_answer",
  // The last two are what some models were trained to write in front of code that is run for them.
  fences: ["", "py", "python", "python3", "ipython", "tool_code"],
  prompts: pythonCodeAgentPrompts,
  declare: (tools) =>
    tools.length === 0 ? "# There are no tools: use plain Python." : renderPythonDeclarations(tools),
  declareFinalAnswer: renderPythonFinalAnswer,
  fetchDeclaration: `def fetch(url: str, method: str = "GET", headers: dict[str, str] | None = None, body: str | bytes | None = None) -> Response:
    """Performs a request, as far as the host allows it.

    Returns:
        What it was answered with: status, ok, headers, text(), json().
    """`,
  variableProblem: (name) => {
    if (!isIdentifier(name)) return "cannot be the name of a variable: use another identifier";
    if (name === "final_answer" || pythonBuiltins.has(name) || /^__.*__$/.test(name)) {
      return "has a meaning of its own in the code: rename the variable";
    }
    return undefined;
  },
  mend: (code) => renameFinalAnswerVariable(code, "python", "final_answer", "final_answer_variable"),
  example: "answer = 6 * 7\nfinal_answer(answer)",
};

/** Python takes some letters for others (NFKC): code could not reach a variable whose name has such letters. */
function isIdentifier(name: string): boolean {
  return identifier.test(name) && name.normalize("NFKC") === name && !pythonKeywords.has(name);
}
