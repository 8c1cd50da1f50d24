import { type CodeFacts, codeFacts } from "./code-facts.ts";
import { KnownTypes } from "../types/known-types.ts";
import { Mismatch } from "../types/mismatch.ts";
import type { StepFile } from "./step-file.ts";
import type { ToolShape } from "../program/tool-file.ts";
import {
  type Block,
  type Checker,
  isBlock,
  type Node,
  type Project,
  type SourceFile,
  type Type,
} from "../typescript.ts";

/** Sticky knowledge of a conversation that a step is judged with. */
export interface Background {
  tools: ReadonlyMap<string, ToolShape>;
  /** Names that earlier steps may have left behind without TypeScript's knowledge. */
  names: ReadonlySet<string>;
  /** Properties that earlier steps wrote or asked about. */
  properties: ReadonlySet<string>;
  namesUnknown: boolean;
  /** Variables that functions of earlier steps assign, whenever they are called. */
  assignedLater: ReadonlySet<string>;
  /** True when objects may have any property, because code wrote some whose names only showed at run time. */
  propertiesUnknown: boolean;
}

/** The files of a conversation. */
export interface ConversationPaths {
  step: string;
  tools: string;
  variables: string;
}

/** A step that TypeScript has checked, ready to be asked about. Holds until the next check. */
export class StepView {
  readonly checker: Checker;
  readonly source: SourceFile;
  readonly body: Block;
  readonly facts: CodeFacts;
  readonly types: KnownTypes;
  readonly mismatch: Mismatch;
  readonly tools: ReadonlyMap<string, ToolShape>;
  readonly paths: ConversationPaths;
  /** Properties that objects may have besides those of their types. */
  readonly properties: ReadonlySet<string>;
  /** Names that may be there without a declaration. */
  readonly names: ReadonlySet<string>;
  readonly namesUnknown: boolean;
  readonly assignedLater: ReadonlySet<string>;
  readonly #propertiesUnknown: boolean;

  private constructor(
    { checker }: Project,
    paths: ConversationPaths,
    source: SourceFile,
    body: Block,
    background: Background,
  ) {
    this.checker = checker;
    this.source = source;
    this.body = body;
    this.paths = paths;
    this.tools = background.tools;
    this.facts = codeFacts(body);
    this.types = new KnownTypes(this.checker, [paths.tools, paths.variables], paths.step);
    this.properties = new Set([...background.properties, ...this.facts.properties]);
    this.names = new Set([...background.names, ...this.facts.names]);
    this.namesUnknown = background.namesUnknown || this.facts.namesUnknown;
    this.assignedLater = background.assignedLater;
    this.#propertiesUnknown = background.propertiesUnknown;
    this.mismatch = new Mismatch(this.types, this.properties);
  }

  /** `undefined` when the code does not stay within the function that it is put in. */
  static of(project: Project, paths: ConversationPaths, file: StepFile, background: Background): StepView | undefined {
    const source = project.program.getSourceFile(paths.step);
    const body = source && blockAt(source, file.bodyStart, file.bodyEnd);
    return body && new StepView(project, paths, source, body, background);
  }

  /** True when objects of declared types may have any property. */
  get propertiesUnknown(): boolean {
    if (this.#propertiesUnknown) return true;
    return this.facts.computedWrites.some((owner) => {
      const type = this.typeOf(owner);
      return type !== undefined && this.types.members(type).some((member) => this.types.isDeclared(member));
    });
  }

  /** The innermost node that covers a range. */
  nodeAt(start: number, end: number): Node {
    let found: Node = this.source;
    for (let next: Node | undefined = found; next;) {
      found = next;
      next = found.forEachChild((child) =>
        child.end >= end && child.getStart(this.source) <= start ? child : undefined,
      );
    }
    return found;
  }

  typeOf(node: Node): Type | undefined {
    return this.checker.getTypeAtLocation(node);
  }

  /** A type as TypeScript prints it. */
  text(type: Type): string {
    return this.checker.typeToString(type);
  }
}

function blockAt(source: SourceFile, start: number, end: number): Block | undefined {
  const visit = (node: Node): Block | undefined => {
    if (isBlock(node) && node.getStart(source) === start) return node.end === end ? node : undefined;
    return node.forEachChild((child) => (child.pos <= start && child.end >= end ? visit(child) : undefined));
  };
  return visit(source);
}
