import { applyEdits, type TextEdit } from "../text-edits.ts";
import {
  type FunctionDeclaration,
  isFunctionDeclaration,
  isIdentifier,
  isTypeAliasDeclaration,
  isTypeReferenceNode,
  isUnionTypeNode,
  type Node,
  type ParameterDeclaration,
  type SourceFile,
  SyntaxKind,
} from "../typescript.ts";

/** How a tool may be called. */
export interface ToolShape {
  name: string;
  /** In the order of the arguments; none for a tool that takes no input. */
  parameters: readonly { name: string; optional: boolean }[];
}

/** The tools as a declaration file. */
export interface ToolFile {
  text: string;
  tools: ReadonlyMap<string, ToolShape>;
  /** Functions that have the name of a global, and are left without a type: their declarations would be mixed. */
  untyped: readonly string[];
}

/**
 * Makes a declaration file of the tools' declarations as a model reads them.
 *
 * A tool gets a second signature that takes its arguments as one object (`inputFromArguments` in the core package).
 * What is `unknown` becomes `any`, because code may do what it likes with it. `finalAnswer` has a declaration elsewhere.
 */
export function toolFile(source: SourceFile, isGlobal: (name: string) => boolean): ToolFile {
  const edits: TextEdit[] = [];
  const added: string[] = [];
  const tools = new Map<string, ToolShape>();
  const untyped: string[] = [];
  const types = source.statements.flatMap((node) => (isTypeAliasDeclaration(node) ? [node.name.text] : []));
  const taken = new Set(types.filter(isGlobal));
  const changes = (node: Node): TextEdit[] => known(node, source, taken);
  for (const statement of source.statements) {
    const start = statement.getStart(source);
    if (!isFunctionDeclaration(statement) || !statement.name) {
      edits.push(...changes(statement));
      continue;
    }
    const name = statement.name.text;
    if (name === "finalAnswer" || isGlobal(name)) {
      edits.push({ start, end: statement.end, text: "" });
      if (name !== "finalAnswer") untyped.push(name);
      continue;
    }
    edits.push({ start, end: start, text: "declare " }, ...changes(statement));
    const parameters = statement.parameters.map((parameter) => ({
      name: isIdentifier(parameter.name) ? parameter.name.text : "",
      optional: isOptional(parameter),
    }));
    tools.set(name, { name, parameters });
    added.push(otherSignature(name, statement, source, changes));
  }
  return { text: `${applyEdits(source.text, edits)}\n${added.join("\n")}\n`, tools, untyped };
}

/** Replaces what is not known, and the names of types that are taken by the library. */
function known(node: Node, source: SourceFile, taken: ReadonlySet<string>): TextEdit[] {
  const start = node.getStart(source);
  if (node.kind === SyntaxKind.UnknownKeyword) return [{ start, end: node.end, text: "any" }];
  const isTypeName = isTypeReferenceNode(node.parent) || isTypeAliasDeclaration(node.parent);
  if (isIdentifier(node) && isTypeName && taken.has(node.text)) {
    return [{ start, end: node.end, text: `${node.text}_` }];
  }
  const edits: TextEdit[] = [];
  node.forEachChild((child) => void edits.push(...known(child, source, taken)));
  return edits;
}

/** Optional parameters in front of required ones are printed as `| undefined`. */
function isOptional({ questionToken, type }: ParameterDeclaration): boolean {
  if (questionToken) return true;
  return type !== undefined && isUnionTypeNode(type) && type.types.some(isUndefined);
}

function isUndefined({ kind }: Node): boolean {
  return kind === SyntaxKind.UndefinedKeyword;
}

/** All arguments as one object; for a tool without input, whatever it is given. */
function otherSignature(
  name: string,
  { parameters, type }: FunctionDeclaration,
  source: SourceFile,
  changes: (node: Node) => TextEdit[],
): string {
  const text = (node: Node | undefined): string => {
    if (!node) return "any";
    const edits = changes(node).map(({ start, end, text }) => ({
      start: start - node.pos,
      end: end - node.pos,
      text,
    }));
    return applyEdits(source.text.slice(node.pos, node.end), edits);
  };
  const properties = parameters.map((parameter) => {
    const key = isIdentifier(parameter.name) ? parameter.name.text : "";
    return `  ${key}${isOptional(parameter) ? "?" : ""}: ${text(parameter.type)};`;
  });
  const input = properties.length === 0 ? "...ignored: any[]" : `input: {\n${properties.join("\n")}\n}`;
  return `declare function ${name}(${input}): ${text(type)};`;
}
