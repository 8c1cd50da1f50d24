import type { ts } from "ts-morph";
import { followAnnotation } from "./annotation.ts";
import type { DocSource, Place, TypeShape, TypeView } from "../port.ts";
import type { Reader } from "../reader.ts";
import { typeShape } from "./type-shape.ts";

/** A type of the compiler, looked into when it is asked. */
export class LazyTypeView implements TypeView {
  readonly id: ts.Type;
  readonly #node: ts.TypeNode | undefined;
  readonly #reader: Reader;
  /** The annotation stands for this very type, not for a more general one. */
  readonly #exact: boolean;
  #shape: TypeShape | undefined;

  constructor(type: ts.Type, node: ts.TypeNode | undefined, reader: Reader) {
    this.id = type;
    this.#node = node;
    this.#reader = reader;
    this.#exact = node !== undefined && reader.checker.getTypeFromTypeNode(node) === type;
  }

  get shape(): TypeShape {
    this.#shape ??= typeShape(this.id, this.#node, this.#reader);
    return this.#shape;
  }

  get family(): object | undefined {
    const { aliasSymbol, aliasTypeArguments } = this.id;
    return aliasSymbol && aliasTypeArguments ? aliasSymbol : this.id.getSymbol();
  }

  get name(): string | undefined {
    const { ts, checker } = this.#reader;
    const named = ts.SymbolFlags.Class | ts.SymbolFlags.Interface | ts.SymbolFlags.Enum;
    const symbol = this.id.aliasSymbol ?? this.id.getSymbol();
    if (!symbol || !(this.id.aliasSymbol || symbol.flags & named)) return undefined;
    return checker.typeToString(this.id, undefined, ts.TypeFormatFlags.NoTruncation);
  }

  get text(): string {
    return this.#reader.checker.typeToString(this.id);
  }

  get docs(): readonly DocSource[] {
    const { ts } = this.#reader;
    const declarations = new Set<ts.Declaration>();
    if (this.#node && this.#exact) {
      for (const alias of this.#aliases(this.#node)) declarations.add(alias);
    }
    const symbol = this.id.getSymbol();
    const documented = ts.SymbolFlags.Class | ts.SymbolFlags.Interface | ts.SymbolFlags.Enum;
    for (const declaration of this.id.aliasSymbol?.declarations ?? []) declarations.add(declaration);
    if (symbol && symbol.flags & documented) for (const part of symbol.declarations ?? []) declarations.add(part);
    return [...declarations].map((declaration) => this.#reader.docOf([declaration])).filter((doc) => doc !== undefined);
  }

  /** The aliases of an annotation. That of a choice with `| null` is the choice's: its values are met one by one. */
  #aliases(node: ts.TypeNode): readonly ts.Declaration[] {
    const { ts } = this.#reader;
    const { aliases, node: body } = followAnnotation(node, this.#reader);
    if (!ts.isUnionTypeNode(body) || !this.id.isUnion()) return aliases;
    const isPlain = (type: ts.Type) =>
      (type.flags & (ts.TypeFlags.Literal | ts.TypeFlags.Null | ts.TypeFlags.Undefined)) !== 0;
    const others = body.types.filter((part) => !isNothing(part, ts));
    const [choice] = others;
    if (!choice || others.length > 1 || body.types.length === 1 || !this.id.types.every(isPlain)) return aliases;
    return [...aliases, ...this.#aliases(choice)];
  }

  get place(): Place | undefined {
    return this.#exact ? this.#reader.userPlace(this.#node) : undefined;
  }

  get isForeign(): boolean {
    const [alias] = this.id.aliasSymbol?.declarations ?? [];
    return this.#reader.isForeign(this.#node) || this.#reader.isForeign(alias);
  }
}

function isNothing(node: ts.TypeNode, ts: Reader["ts"]): boolean {
  if (ts.isLiteralTypeNode(node)) return node.literal.kind === ts.SyntaxKind.NullKeyword;
  return node.kind === ts.SyntaxKind.UndefinedKeyword;
}
