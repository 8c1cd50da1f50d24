import type { ts } from "ts-morph";
import { argumentNode } from "./annotation.ts";
import type { PropertyView, TypeShape } from "../port.ts";
import { readProperty } from "./property-view.ts";
import type { Reader } from "../reader.ts";

/**
 * Sorts an object type that is no array and no tuple.
 *
 * @param body - What builds it, where it is written out.
 */
export function objectShape(type: ts.Type, body: ts.TypeNode | undefined, reader: Reader): TypeShape {
  const { ts, checker } = reader;
  const parts = type.isIntersection() ? type.types : [type];
  for (const part of parts) {
    const name = libraryName(part, reader);
    const isArray = checker.isArrayType(part) || checker.isTupleType(part);
    if (parts.length > 1 && (name !== undefined || isArray)) {
      const fix = "put it in a property of its own";
      return { kind: "unsupported", what: `${name ?? "an array"} mixed with other types by "&"`, fix };
    }
    if (name === "Function") return { kind: "function" };
    if (name !== undefined) {
      const args = typeArguments(part, reader);
      const views = args.map((argument, index) => reader.view(argument, argumentNode(body, index, reader)));
      return { kind: "builtin", name, arguments: views };
    }
  }
  if (type.getCallSignatures().length > 0 || type.getConstructSignatures().length > 0) return { kind: "function" };
  const base = parts.map((part) => libraryBase(part, reader)).find((name) => name !== undefined);
  if (base !== undefined) return { kind: "builtin heir", base };
  const properties = checker
    .getPropertiesOfType(type)
    .filter((property) => isData(property, reader))
    .map((property): PropertyView => readProperty(property, reader));
  const indexes = checker
    .getIndexInfosOfType(type)
    .map((info) => ({ key: reader.view(info.keyType), type: reader.view(info.type, indexNode(info, body, reader)) }));
  if (properties.length === 0 && indexes.length === 0 && isAnything(type, reader)) return { kind: "empty object" };
  return {
    kind: "object",
    properties,
    indexes,
    isClass: parts.some((part) => isDeclaredAs(ts.SymbolFlags.Class, part)),
  };
}

/**
 * The name of a class or interface of the standard library. Its utility types have none: they are mapped away. What
 * only holds data, as the options of `Intl` do, is an object as any other.
 */
function libraryName(type: ts.Type, reader: Reader): string | undefined {
  const { Class, Interface } = reader.ts.SymbolFlags;
  const symbol = type.getSymbol();
  if (!symbol || !isDeclaredAs(Class | Interface, type)) return undefined;
  const isOfLibrary = symbol.declarations?.every((declaration) => reader.isLibrary(declaration)) ?? false;
  return isOfLibrary && !isPlainData(type, symbol, reader) ? symbol.name : undefined;
}

/** True for an interface without methods that no value of the same name makes instances of. */
function isPlainData(type: ts.Type, symbol: ts.Symbol, { ts, checker }: Reader): boolean {
  if (symbol.flags & ts.SymbolFlags.Value || symbol.name === "ArrayBufferView") return false;
  if (type.getCallSignatures().length > 0 || type.getConstructSignatures().length > 0) return false;
  if (checker.getIndexInfoOfType(type, ts.IndexKind.Number) && !type.getStringIndexType()) return false;
  const properties = checker.getPropertiesOfType(type);
  return properties.length > 0 && properties.every(({ flags }) => (flags & ts.SymbolFlags.Method) === 0);
}

/** The class or interface of the standard library that a type extends. */
function libraryBase(type: ts.Type, reader: Reader): string | undefined {
  const { checker } = reader;
  const target = isReference(type, reader) ? type.target : type;
  if (!target.isClassOrInterface()) return undefined;
  for (const base of checker.getBaseTypes(target)) {
    if (checker.isArrayType(base) || checker.isTupleType(base)) return "Array";
    const parts = base.isIntersection() ? base.types : [base];
    for (const part of parts) {
      const name = libraryName(part, reader) ?? libraryBase(part, reader);
      if (name !== undefined) return name;
    }
  }
  // A class that extends a value of type `any` has lost its base: there is nothing to check.
  return undefined;
}

function isDeclaredAs(flags: ts.SymbolFlags, type: ts.Type): boolean {
  return ((type.getSymbol()?.flags ?? 0) & flags) !== 0;
}

function typeArguments(type: ts.Type, reader: Reader): readonly ts.Type[] {
  return isReference(type, reader) ? reader.checker.getTypeArguments(type) : [];
}

function isReference(type: ts.Type, { ts }: Reader): type is ts.TypeReference {
  return (
    (type.flags & ts.TypeFlags.Object) !== 0 && ((type as ts.ObjectType).objectFlags & ts.ObjectFlags.Reference) !== 0
  );
}

/**
 * Left out: what is not public, and what is named by a symbol, as the marks of branded types are. A method with such a
 * name, as `[Symbol.iterator]`, is one that somebody calls.
 */
function isData(property: ts.Symbol, { ts }: Reader): boolean {
  const name = property.escapedName.toString();
  if (name.startsWith("__#")) return false;
  if (name.startsWith("__@") && !(property.flags & ts.SymbolFlags.Method)) return false;
  const hidden = ts.ModifierFlags.Private | ts.ModifierFlags.Protected;
  return !property.declarations?.some((declaration) => ts.getCombinedModifierFlags(declaration) & hidden);
}

function indexNode(info: ts.IndexInfo, body: ts.TypeNode | undefined, reader: Reader): ts.TypeNode | undefined {
  return info.declaration?.type ?? argumentNode(body, 1, reader);
}

/** `{}` written out stands for every value but null; a class or an interface without members for an object. */
function isAnything(type: ts.Type, { ts }: Reader): boolean {
  return !isDeclaredAs(ts.SymbolFlags.Class | ts.SymbolFlags.Interface, type);
}
