import type { CodeFinding } from "@smoltools/core";
import type { ConversationSetup } from "../protocol.ts";
import type { CompiledProgram, Compiler } from "./program/compiler.ts";
import { type Doubts, doubtsOf, isTelling } from "./judge/doubt.ts";
import { findingsFrom } from "./findings-from.ts";
import { judgementOf, mayBeSure } from "./judge/judge.ts";
import { StepFile } from "./step/step-file.ts";
import { type ConversationPaths, StepView } from "./step/step-view.ts";
import { isGrammar, syntaxJudgement } from "./judge/syntax-judgement.ts";
import type { TextEdit } from "./text-edits.ts";
import { toolFile } from "./program/tool-file.ts";
import type { Diagnostic } from "./typescript.ts";
import { Variables } from "./variables.ts";

/** Checks of one step until no type is in doubt any more; a step that needs more is let pass. */
const maxRounds = 4;
/** Diagnostics looked at in one step. Code with more of them is not what TypeScript is made for. */
const maxDiagnostics = 200;

const stepName = "step.ts";
const toolsName = "tools.d.ts";
const variablesName = "variables.d.ts";

/** Tells whether anything is made of a diagnostic. */
function isOfUse(diagnostic: Diagnostic): boolean {
  return mayBeSure(diagnostic) || isTelling(diagnostic) || isGrammar(diagnostic);
}

/** What TypeScript said of a step. */
interface CheckedStep {
  file: StepFile;
  syntactic: readonly Diagnostic[];
  semantic: readonly Diagnostic[];
}

/** The checks of one conversation: knows its tools, and the variables that earlier steps left behind. */
export class Conversation {
  readonly #program: CompiledProgram;
  readonly #paths: ConversationPaths;
  readonly #atStart: () => Variables;
  #variables: Variables;

  constructor(compiler: Compiler, { declarations, variables, namesUnknown }: ConversationSetup) {
    this.#program = compiler.open({ [toolsName]: declarations, [variablesName]: "", [stepName]: "" });
    const path = (name: string): string => this.#program.path(name);
    this.#paths = { step: path(stepName), tools: path(toolsName), variables: path(variablesName) };
    const source = this.#program.project().program.getSourceFile(this.#paths.tools);
    if (!source) throw new Error("the declarations of the tools cannot be read");
    const { text, tools, untyped } = toolFile(source, (name) => compiler.globalNames.has(name));
    this.#atStart = () => {
      const known = [...untyped.map((name) => [name, "any"] as const), ...variables];
      return new Variables(tools, known);
    };
    this.#variables = this.#atStart();
    this.#variables.namesUnknown = namesUnknown;
    this.#program.write({ [toolsName]: text, [variablesName]: this.#variables.text() });
  }

  /** The errors that code would surely have. */
  findings(code: string): CodeFinding[] {
    const edits: TextEdit[] = [];
    const doubted = new Set<string>();
    for (let round = 0; round < maxRounds; round += 1) {
      const { file, syntactic, semantic } = this.#check(code, edits, doubted);
      const syntax = round === 0 ? syntaxJudgement(code, file, syntactic, semantic) : undefined;
      if (syntax) return findingsFrom([syntax], file);
      const isJudged = syntactic.length === 0 && semantic.length <= maxDiagnostics && semantic.some(mayBeSure);
      const view = isJudged ? this.#view(file) : undefined;
      if (!view) return [];
      const judgements = semantic.flatMap((diagnostic) => judgementOf(view, diagnostic) ?? []);
      if (judgements.length === 0) return [];
      const doubts = doubtsOf(view, semantic);
      if (doubts.elsewhere) return [];
      if (!this.#takeDoubts(doubts, file, edits, doubted)) return findingsFrom(judgements, file);
    }
    return [];
  }

  /** Keeps what the code leaves behind for the next step. */
  ran(code: string): void {
    const edits: TextEdit[] = [];
    const doubted = new Set<string>();
    for (let round = 0; ; round += 1) {
      const { file, syntactic, semantic } = this.#check(code, edits, doubted);
      // Code that does not parse did not run.
      if (round === 0 && syntaxJudgement(code, file, syntactic, semantic)) return;
      const isKnown = syntactic.length === 0 && semantic.length <= maxDiagnostics;
      const view = isKnown ? this.#view(file) : undefined;
      if (!view) return this.loseTrack();
      const doubts = doubtsOf(view, semantic);
      const inDoubt = this.#takeDoubts(doubts, file, edits, doubted) || doubts.elsewhere;
      if (inDoubt && !doubts.elsewhere && round + 1 < maxRounds) continue;
      this.#variables.take(view, { doubted, typed: !inDoubt });
      return this.#program.write({ [variablesName]: this.#variables.text() });
    }
  }

  /** All variables are gone but those that were there from the start. */
  forget(): void {
    this.#variables = this.#atStart();
    this.#program.write({ [variablesName]: this.#variables.text() });
  }

  /** Something ran that nothing is known of. */
  loseTrack(): void {
    this.#variables.loseTrack();
    this.#program.write({ [variablesName]: this.#variables.text() });
  }

  dispose(): void {
    this.#program.close();
  }

  #check(code: string, edits: readonly TextEdit[], doubted: ReadonlySet<string>): CheckedStep {
    const file = new StepFile(code, this.#variables.mentionedIn(code, doubted), edits);
    this.#program.write({ [stepName]: file.text });
    const { program } = this.#program.project();
    const { step } = this.#paths;
    const syntactic = program.getSyntacticDiagnostics(step);
    const semantic = program.getSemanticDiagnostics(step).filter(isOfUse);
    return { file, syntactic, semantic };
  }

  #view(file: StepFile): StepView | undefined {
    return StepView.of(this.#program.project(), this.#paths, file, this.#variables);
  }

  /** Takes note of new doubts, for the next check; false when there are none. */
  #takeDoubts(doubts: Doubts, file: StepFile, edits: TextEdit[], doubted: Set<string>): boolean {
    const before = edits.length + doubted.size;
    for (const name of doubts.variables) doubted.add(name);
    for (const { start, end, text } of doubts.edits) {
      edits.push({ start: file.placeInCode(start), end: file.placeInCode(end), text });
    }
    return edits.length + doubted.size > before;
  }
}
