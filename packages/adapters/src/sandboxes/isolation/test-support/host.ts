// A host in a process of its own: starts a guest in the language of the first argument on the code of the second, and
// passes on what it says.
import { startNode, startPython } from "./guests.ts";

const [language, source = ""] = process.argv.slice(2);
await using guest = await (language === "python" ? startPython : startNode)(source);
for (;;) process.stdout.write(`${JSON.stringify(await guest.next())}\n`);
