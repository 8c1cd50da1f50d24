// Runs the programs that are named on the command line, one after another. Before each one it prints a null character.
import { pathToFileURL } from "node:url";

for (const path of process.argv.slice(2)) {
  process.stdout.write("\0");
  await import(pathToFileURL(path).href);
}
