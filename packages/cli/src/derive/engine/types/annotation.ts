import type { ts } from "ts-morph";
import type { Reader } from "../reader.ts";

/** An annotation, followed through parentheses, modifiers and aliases to the node that builds the type. */
export interface Annotation {
  readonly node: ts.TypeNode;
  /** The aliases on the way, outermost first. */
  readonly aliases: readonly ts.Declaration[];
}

/** Follows an annotation. An alias with type parameters ends the way: its body does not know their values. */
export function followAnnotation(node: ts.TypeNode, reader: Reader): Annotation {
  const aliases: ts.Declaration[] = [];
  let inner = node;
  for (;;) {
    let next = inside(inner, reader);
    const declaration = next ? undefined : referenced(inner, reader);
    // An alias that refers to itself cannot be followed any further.
    if (declaration && isAlias(declaration, reader) && !aliases.includes(declaration)) {
      aliases.push(declaration);
      next = aliasBody(declaration, reader);
    }
    if (!next) return { node: inner, aliases };
    inner = next;
  }
}

type Alias = ts.TypeAliasDeclaration | ts.JSDocTypedefTag;

function isAlias(declaration: ts.Declaration, { ts }: Reader): declaration is Alias {
  return ts.isTypeAliasDeclaration(declaration) || ts.isJSDocTypedefTag(declaration);
}

function aliasBody(alias: Alias, { ts }: Reader): ts.TypeNode | undefined {
  if (ts.isTypeAliasDeclaration(alias)) return alias.typeParameters ? undefined : alias.type;
  const { typeExpression } = alias;
  return typeExpression && ts.isJSDocTypeExpression(typeExpression) ? typeExpression.type : undefined;
}

/** What a node that adds nothing to a type stands around. */
function inside(node: ts.TypeNode, { ts }: Reader): ts.TypeNode | undefined {
  if (ts.isParenthesizedTypeNode(node) || ts.isJSDocTypeExpression(node)) return node.type;
  if (ts.isJSDocNonNullableType(node) || ts.isJSDocOptionalType(node)) return node.type;
  if (ts.isTypeOperatorNode(node) && node.operator === ts.SyntaxKind.ReadonlyKeyword) return node.type;
  return undefined;
}

/** The declaration that a type reference names. */
export function referenced(node: ts.TypeNode, { ts, checker }: Reader): ts.Declaration | undefined {
  const name = ts.isTypeReferenceNode(node) ? node.typeName : ts.isImportTypeNode(node) ? node.qualifier : undefined;
  let symbol = name && checker.getSymbolAtLocation(name);
  if (symbol && symbol.flags & ts.SymbolFlags.Alias) symbol = checker.getAliasedSymbol(symbol);
  return symbol?.declarations?.[0];
}

/** The annotation of the n-th type argument: of `X<T>`, or of `T[]` for the first. */
export function argumentNode(node: ts.TypeNode | undefined, index: number, { ts }: Reader): ts.TypeNode | undefined {
  if (!node) return undefined;
  if (ts.isArrayTypeNode(node)) return index === 0 ? node.elementType : undefined;
  if (ts.isTypeReferenceNode(node) || ts.isImportTypeNode(node)) return node.typeArguments?.[index];
  return undefined;
}

/** The annotation of what a promise resolves to. */
export function awaitedNode(node: ts.TypeNode | undefined, reader: Reader): ts.TypeNode | undefined {
  if (!node || !reader.ts.isTypeReferenceNode(node)) return node;
  const isPromise = /^Promise(?:Like)?$/.test(node.typeName.getText());
  return isPromise ? awaitedNode(argumentNode(node, 0, reader), reader) : node;
}
