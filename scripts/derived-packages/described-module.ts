import type {
  DocSource,
  ExportView,
  FunctionView,
  ModuleView,
  Place,
  PropertyView,
  TypeShape,
  TypeView,
} from "../../packages/cli/src/derive/engine/port.ts";
import { readFunctionDoc } from "../../packages/cli/src/derive/jsdoc/function-doc.ts";
import { readMemberDoc } from "../../packages/cli/src/derive/jsdoc/member-doc.ts";
import { ProblemList } from "../../packages/cli/src/derive/problems/problem-list.ts";

/**
 * The module as if somebody had described what its authors did not: every function, parameter and property without a
 * description gets one made of its name. The types are left as they are.
 */
export function describedModule(module: ModuleView): ModuleView {
  const types = new DescribedTypes();
  const exports = module.exports.map((view): ExportView =>
    view.kind === "function" ? { kind: "function", function: describedFunction(view.function, types) } : view,
  );
  const { syntaxErrors, lostExports } = module;
  return { syntaxErrors, lostExports, exports, readCalls: (code) => module.readCalls(code) };
}

function describedFunction(view: FunctionView, types: DescribedTypes): FunctionView {
  return {
    ...view,
    doc: describedComment(view),
    parameters: view.parameters.map((parameter) =>
      Object.assign({}, parameter, { type: types.described(parameter.type) }),
    ),
    result: types.described(view.result),
  };
}

/** The comment itself where it describes everything, else a new one with what it says of the parameters there are. */
function describedComment(view: FunctionView): DocSource {
  const doc = readFunctionDoc(view.doc, new ProblemList());
  const tagged = doc.params.filter(({ path }) => path.length === 1).map(({ path }) => path[0]);
  // A destructured parameter is called what its tag calls it.
  const names = view.parameters.map(({ name }, index) => name ?? tagged[index] ?? `argument${index + 1}`);
  const known = doc.params.filter(({ path, text }) => text !== "" && names.includes(path[0] ?? ""));
  const told = new Map(known.map(({ path, text }) => [path.join("."), text]));
  const isWhole = doc.description !== "" && known.length === doc.params.length && names.every((name) => told.has(name));
  if (view.doc && isWhole) return view.doc;
  for (const name of names) if (!told.has(name)) told.set(name, `The ${name}.`);
  const lines = [...told].map(([name, text]) => ` * @param ${name} - ${oneLine(text)}`);
  const returns = doc.returns ? [` * @returns ${oneLine(doc.returns.text)}`] : [];
  const description = oneLine(doc.description) || `Does ${view.exportName}.`;
  return commentAt(view.place, ["/**", ` * ${description}`, ...lines, ...returns, " */"].join("\n"));
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").replaceAll("*/", "").replaceAll("@", "at ");
}

function commentAt(place: Place, comment: string): DocSource {
  return { comment, placeOf: () => place };
}

/** Types whose properties all have descriptions. */
class DescribedTypes {
  readonly #known = new Map<TypeView, TypeView>();

  described(type: TypeView): TypeView {
    const known = this.#known.get(type);
    if (known) return known;
    const shapeOf = (shape: TypeShape): TypeShape => this.#shape(shape);
    const { id, family, name, text, docs, place, isForeign } = type;
    const made: TypeView = {
      id,
      family,
      name,
      text,
      docs,
      place,
      isForeign,
      // Made when it is asked for: types contain themselves.
      get shape() {
        return shapeOf(type.shape);
      },
    };
    this.#known.set(type, made);
    return made;
  }

  #shape(shape: TypeShape): TypeShape {
    const all = (types: readonly TypeView[]): TypeView[] => types.map((type) => this.described(type));
    switch (shape.kind) {
      case "union":
        return { ...shape, members: all(shape.members) };
      case "array":
        return { ...shape, item: this.described(shape.item) };
      case "tuple":
        return {
          ...shape,
          elements: shape.elements.map((element) => Object.assign({}, element, { type: this.described(element.type) })),
        };
      case "builtin":
        return { ...shape, arguments: all(shape.arguments) };
      case "object":
        return {
          ...shape,
          properties: shape.properties.map((property) => this.#property(property)),
          indexes: shape.indexes.map(({ key, type }) => ({ key, type: this.described(type) })),
        };
      default:
        return shape;
    }
  }

  #property(property: PropertyView): PropertyView {
    const place = property.place ?? { file: "", line: 1, column: 1, length: 0 };
    const hasText = readMemberDoc(property.doc, new ProblemList()).text !== "";
    const doc = hasText ? property.doc : commentAt(place, `/** The ${property.name}. */`);
    return { ...property, doc, type: this.described(property.type) };
  }
}
