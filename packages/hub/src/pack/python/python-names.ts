const reserved: ReadonlySet<string> = new Set(
  `False None True and as assert async await break class continue def del elif else except finally for from global if
   import in is lambda nonlocal not or pass raise return try while with yield self __debug__`.split(/\s+/),
);

/** Names of classes that smolagents treats in a way of its own, or that the file imports. */
const otherClasses: ReadonlySet<string> = new Set([
  "GradioToolWrapper",
  "LangChainToolWrapper",
  "SimpleTool",
  "SpaceToolWrapper",
  "Tool",
]);

/** The class of a tool: `get_weather` becomes `GetWeatherTool`. */
export function pythonClassName(tool: string): string {
  const words = tool.split("_").filter((word) => word !== "");
  const name = `${words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join("")}Tool`;
  if (/^[0-9]/.test(name)) return `Js${name}`;
  return otherClasses.has(name) ? `${name}_` : name;
}

/**
 * A name of Python for each key of an object, no two of them the same. A key that is a name keeps it: `city`; others
 * are changed as little as may be: `from` becomes `from_`, `max-rows` becomes `max_rows`.
 */
export function pythonNames(keys: readonly string[]): Map<string, string> {
  const names = new Map(keys.filter(isParameterName).map((key) => [key, key]));
  for (const key of keys) {
    if (names.has(key)) continue;
    let name = key.replace(/[^A-Za-z0-9_]/g, "_").replace(/^(?=[0-9]|__|_*$)/, "p");
    const taken = new Set(names.values());
    while (!isParameterName(name) || taken.has(name)) name += "_";
    names.set(key, name);
  }
  return new Map(keys.map((key) => [key, names.get(key) ?? key]));
}

/** Names with two underscores before them mean others inside of a class, and letters beyond ASCII may do so as well. */
function isParameterName(text: string): boolean {
  return /^(?!__)[A-Za-z_][A-Za-z0-9_]*$/.test(text) && !reserved.has(text);
}
