import type { ts } from "ts-morph";
import { argumentNode, followAnnotation, referenced } from "./annotation.ts";
import { objectShape } from "./object-shape.ts";
import type { TupleElement, TypeShape } from "../port.ts";
import type { Reader } from "../reader.ts";
import { unionMembers } from "./union-members.ts";

/**
 * Sorts a type into one of the kinds that schemas know.
 *
 * @param node - Its annotation, where there is one.
 */
export function typeShape(type: ts.Type, node: ts.TypeNode | undefined, reader: Reader): TypeShape {
  return simpleShape(type, node, reader) ?? compoundShape(type, node, reader);
}

function simpleShape(type: ts.Type, node: ts.TypeNode | undefined, reader: Reader): TypeShape | undefined {
  const { ts, checker } = reader;
  const { TypeFlags } = ts;
  const is = (flags: ts.TypeFlags) => (type.flags & flags) !== 0;
  if (is(TypeFlags.Any)) {
    return {
      kind: "any",
      missing: missingName(node, reader),
      isEndless: node !== undefined && isEndless(node, reader),
    };
  }
  if (is(TypeFlags.Unknown)) return { kind: "unknown" };
  if (is(TypeFlags.Never)) return { kind: "never" };
  if (is(TypeFlags.VoidLike)) return { kind: "nothing" };
  if (is(TypeFlags.Null)) return { kind: "null" };
  if (type.isNumberLiteral() && !Number.isFinite(type.value)) {
    return {
      kind: "unsupported",
      what: `the number ${type.value}, which JSON does not have`,
      fix: "use a number that is finite",
    };
  }
  if (type.isStringLiteral() || type.isNumberLiteral()) return { kind: "literal", value: type.value };
  if (is(TypeFlags.BooleanLiteral)) return { kind: "literal", value: checker.typeToString(type) === "true" };
  if (is(TypeFlags.BigIntLiteral)) return { kind: "bigint literal", digits: checker.typeToString(type).slice(0, -1) };
  if (is(TypeFlags.Enum)) {
    const fix = "give every member of the enum a literal value, or use a union of literals";
    return { kind: "unsupported", what: "an enum whose members are computed", fix };
  }
  if (is(TypeFlags.String)) return { kind: "string" };
  if (is(TypeFlags.Number)) return { kind: "number" };
  if (is(TypeFlags.Boolean)) return { kind: "boolean" };
  if (is(TypeFlags.BigInt)) return { kind: "bigint" };
  if (is(TypeFlags.ESSymbolLike)) return { kind: "symbol" };
  if (is(TypeFlags.NonPrimitive)) return { kind: "non-primitive" };
  return undefined;
}

function compoundShape(type: ts.Type, node: ts.TypeNode | undefined, reader: Reader): TypeShape {
  const { ts, checker } = reader;
  const { TypeFlags } = ts;
  if (type.flags & TypeFlags.TemplateLiteral) {
    const { texts, types } = type as ts.TemplateLiteralType;
    return { kind: "template", texts, types: types.map((part) => reader.view(part)) };
  }
  if (type.flags & TypeFlags.StringMapping) {
    const { symbol, type: of } = type as ts.StringMappingType;
    return { kind: "letter case", mapping: symbol.name, of: reader.view(of) };
  }
  if (type.flags & TypeFlags.Instantiable) {
    const constraint = checker.getBaseConstraintOfType(type);
    if (!constraint || constraint.flags & (TypeFlags.Unknown | TypeFlags.Instantiable)) {
      return { kind: "open", what: checker.typeToString(type) };
    }
    const [declaration] = type.isTypeParameter() ? (type.symbol.declarations ?? []) : [];
    const written = declaration && ts.isTypeParameterDeclaration(declaration) ? declaration.constraint : undefined;
    return typeShape(constraint, written, reader);
  }
  if (type.isUnion()) return { kind: "union", members: unionMembers(type, node, reader) };
  if (type.isIntersection()) {
    // Objects whose properties contradict each other: only when it is printed does the compiler say what it knows.
    if (checker.typeToString(type) === "never") return { kind: "never" };
    // A primitive in an intersection makes it a branded primitive: the brand exists only in the types.
    const base = type.types.find((part) => (part.flags & (TypeFlags.Object | TypeFlags.Instantiable)) === 0);
    if (base && !(base.flags & TypeFlags.NonPrimitive)) return typeShape(base, undefined, reader);
  }
  const body = node && followAnnotation(node, reader).node;
  if (checker.isTupleType(type)) return tupleShape(type as ts.TypeReference, body, reader);
  if (checker.isArrayType(type)) {
    const [item = checker.getAnyType()] = checker.getTypeArguments(type as ts.TypeReference);
    return { kind: "array", item: reader.view(item, argumentNode(body, 0, reader)) };
  }
  return objectShape(type, body, reader);
}

function tupleShape(type: ts.TypeReference, body: ts.TypeNode | undefined, reader: Reader): TypeShape {
  const { ts, checker } = reader;
  const { elementFlags, labeledElementDeclarations } = type.target as ts.TupleType;
  const nodes = body && ts.isTupleTypeNode(body) ? body.elements : undefined;
  const elements = checker.getTypeArguments(type).map((element, index): TupleElement => {
    const flags = elementFlags[index] ?? ts.ElementFlags.Required;
    const label = labeledElementDeclarations?.[index]?.name;
    const isRest = (flags & ts.ElementFlags.Variable) !== 0;
    const node = nodes?.[index];
    return {
      type: reader.view(element, node && elementNode(node, isRest, reader)),
      kind: isRest ? "rest" : flags & ts.ElementFlags.Optional ? "optional" : "required",
      label: label && ts.isIdentifier(label) ? label.text : undefined,
    };
  });
  return { kind: "tuple", elements };
}

/** The annotation of an element's own type: without its label, its `?`, or for a rest element its `...` and `[]`. */
function elementNode(node: ts.TypeNode, isRest: boolean, reader: Reader): ts.TypeNode | undefined {
  const { ts } = reader;
  const labelled = ts.isNamedTupleMember(node) ? node.type : node;
  const inner = ts.isOptionalTypeNode(labelled) || ts.isRestTypeNode(labelled) ? labelled.type : labelled;
  return isRest ? argumentNode(inner, 0, reader) : inner;
}

/** True for an annotation that stands for a type without an end, and not for `any` itself. */
function isEndless(node: ts.TypeNode, reader: Reader): boolean {
  const { ts } = reader;
  const { node: body, aliases } = followAnnotation(node, reader);
  if (body.kind === ts.SyntaxKind.AnyKeyword) return false;
  const again = referenced(body, reader);
  return (again !== undefined && aliases.includes(again)) || reader.hasGivenUp();
}

/** The name in an annotation that no declaration was found for, which is why the type is `any`. */
function missingName(node: ts.TypeNode | undefined, { ts, checker }: Reader): string | undefined {
  const name = node && (ts.isTypeReferenceNode(node) ? node.typeName : undefined);
  if (!name) return undefined;
  let symbol = checker.getSymbolAtLocation(name);
  if (symbol && symbol.flags & ts.SymbolFlags.Alias) symbol = checker.getAliasedSymbol(symbol);
  return symbol?.declarations?.length ? undefined : name.getText();
}
