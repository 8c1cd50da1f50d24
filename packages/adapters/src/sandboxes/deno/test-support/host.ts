// A host: makes a sandbox in Deno, runs code in it and waits to be killed. Its arguments are the code.
import { processSandbox } from "../../process/index.ts";

const sandbox = await processSandbox({ isolation: "deno" }).create({
  functions: { started: () => void process.stdout.write("started\n") },
});
await sandbox.run(process.argv[2] ?? "");
