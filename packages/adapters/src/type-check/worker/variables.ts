import { propertyKey } from "../variable-type.ts";
import { variablesType } from "./step/step-file.ts";
import type { Background, StepView } from "./step/step-view.ts";
import type { ToolShape } from "./program/tool-file.ts";
import { TypePrinter } from "./types/type-printer.ts";

/** Types that a variable may have had, beyond which nothing is said of it. */
const maxTypes = 4;
const maxTypeLength = 20_000;

/** What earlier steps left behind: variables with their types, and what is known of names and properties. */
export class Variables implements Background {
  readonly tools: ReadonlyMap<string, ToolShape>;
  readonly names: Set<string> = new Set();
  readonly properties: Set<string> = new Set();
  readonly assignedLater: Set<string> = new Set();
  namesUnknown = false;
  propertiesUnknown = false;
  /** The types that each variable may have: a step that failed half-way leaves the old value. */
  readonly #types = new Map<string, Set<string>>();

  /** @param known - Variables that are there from the start, with their types as text. */
  constructor(tools: ReadonlyMap<string, ToolShape>, known: readonly (readonly [name: string, type: string])[]) {
    this.tools = tools;
    for (const [name, type] of known) this.add(name, type);
  }

  /** A variable may from now on have a type, besides those it may have already. */
  add(name: string, type: string): void {
    // Tools cannot be assigned to.
    if (this.tools.has(name) || name === "finalAnswer") return;
    this.names.add(name);
    const types = this.#types.get(name) ?? new Set();
    types.add(type);
    const isUnknown = types.has("any") || types.size > maxTypes || type.length > maxTypeLength;
    this.#types.set(name, isUnknown ? new Set(["any"]) : types);
  }

  /** Code ran of which nothing is known. */
  loseTrack(): void {
    this.namesUnknown = true;
    this.propertiesUnknown = true;
    for (const name of this.#types.keys()) this.add(name, "any");
  }

  /**
   * Takes over what a step left behind.
   *
   * @param options.doubted - Variables of earlier steps whose types do not hold any more.
   * @param options.typed - False when the types of the step's own variables cannot be told.
   */
  take(view: StepView, { doubted, typed }: { doubted: ReadonlySet<string>; typed: boolean }): void {
    const declared = [...view.facts.declared];
    const types = typed ? view.checker.getTypeAtLocation(declared.map(([, node]) => node)) : [];
    const printer = new TypePrinter(view);
    for (const [index, [name]] of declared.entries()) {
      const type = types[index];
      this.add(name, type ? printer.text(type) : "any");
    }
    for (const name of doubted) this.add(name, "any");
    for (const name of view.facts.names) this.names.add(name);
    for (const name of view.facts.properties) this.properties.add(name);
    for (const name of view.facts.assignedLater) this.assignedLater.add(name);
    this.namesUnknown ||= view.facts.namesUnknown;
    this.propertiesUnknown ||= view.propertiesUnknown;
  }

  /** The declaration of all variables. */
  text(): string {
    const members = [...this.#types].map(([name, types]) => `  ${propertyKey(name)}: ${[...types].join(" | ")};\n`);
    return `interface ${variablesType} {\n${members.join("")}}\n`;
  }

  /** The variables that code may use, as references to their declaration: so a step costs what it mentions. */
  mentionedIn(code: string, untyped: ReadonlySet<string>): (readonly [name: string, type: string])[] {
    const mentioned = new Set(code.match(/[\p{ID_Start}$_][\p{ID_Continue}$]*/gu));
    const names = [...mentioned].filter((name) => this.#types.has(name));
    return names.map((name) => [name, untyped.has(name) ? "any" : `${variablesType}[${JSON.stringify(name)}]`]);
  }
}
