// Imports modules one after another, and prints for each how many names it exports, and what the import changed.
// usage: node import-all.mjs <specifier>...
const watched = () => {
  const builtIns = ["Array", "Object", "String", "Map", "Promise", "Error", "RegExp", "Date", "JSON", "Math", "Symbol"];
  const keys = (value) => Reflect.ownKeys(value).map(String).sort().join();
  const prototypes = builtIns.map((name) => [name, keys(globalThis[name]), keys(globalThis[name].prototype ?? {})]);
  return {
    globals: Object.getOwnPropertyNames(globalThis).sort().join(),
    builtIns: JSON.stringify(prototypes),
    listeners: JSON.stringify(process.eventNames().map((name) => [String(name), process.listenerCount(name)])),
    environment: JSON.stringify(process.env),
    folder: process.cwd(),
    exitCode: String(process.exitCode),
    resources: process
      .getActiveResourcesInfo()
      .filter((name) => name !== "PipeWrap" && name !== "TTYWrap")
      .join(),
    trace: String(Error.stackTraceLimit) + typeof Error.prepareStackTrace,
  };
};

const results = [];
for (const specifier of process.argv.slice(2)) {
  const before = watched();
  const exported = await import(specifier);
  const after = watched();
  const changed = Object.keys(before).filter((name) => before[name] !== after[name]);
  results.push({ specifier, names: Object.keys(exported).length, changed });
}
process.stdout.write(JSON.stringify(results));
