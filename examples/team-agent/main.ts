// Ada shares an agent with her team. Everybody who takes the lock file runs the same agent, whatever is published later.
import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ScriptedModel } from "@smoltools/core/testing";
import { CodeAgent, modelFromEnvironment, Tool, updatePackages } from "smoltools";
import { localHub } from "../local-hub.ts";

const configured = (await modelFromEnvironment())?.model;
await using hub = await localHub("acme");
const places = { paris: { latitude: 48.857, longitude: 2.351 }, rome: { latitude: 41.893, longitude: 12.483 } };
const task = "How far is it from Paris to Rome? Answer as your instructions say.";

/** What a model would write, with either version of the instructions. */
const script = [
  ({ messages }: { messages: readonly unknown[] }) => {
    const inMiles = JSON.stringify(messages[0]).includes("miles");
    const km = "await distance(places.paris, places.rome)";
    return `<code>\nfinalAnswer(${inMiles ? `\`\${Math.round((${km}) / 1.609344)} miles\`` : `\`\${${km}} km\``});\n</code>`;
  },
];
const model = () => configured ?? new ScriptedModel(script, "model-of-the-team");

console.log("Ada publishes a tool, and an agent that uses it:");
await hub.smoltools("push", "team-agent/distance.ts", "acme/distance", "--version", "1.0.0");
await using distance = await Tool.fromHub("acme/distance@^1");
const guide = (unit: string) =>
  new CodeAgent({
    model: model(),
    tools: [distance],
    maxSteps: 5,
    instructions: `Answer with whole ${unit}, like "7 ${unit}".`,
  });
const description = "Tells distances.";
const first = await guide("km").push("acme/guide", { version: "1.0.0", description });
console.log(`  ${first.pushed.tag}; not in the file: ${first.report.map(({ field }) => field).join(", ")}`);

console.log("Bob locks it, and commits the lock file:");
const lockFile = join(hub.folder, "smoltools.lock");
await using bobs = await CodeAgent.fromHub("acme/guide@^1", { lockFile, model: model() });
const answer = await bobs.run(task, { additionalArgs: { places } });
const committed = await readFile(lockFile, "utf8");
const { version, integrity } = JSON.parse(committed).packages["acme/guide@^1"];
console.log(`  ${answer}; locked ${version}, ${integrity.slice(0, 24)}…`);
assert.match(String(answer), /^11\d\d km$/);

console.log("Ada changes her mind:");
const second = await guide("miles").push("acme/guide", { version: "1.1.0", description });
console.log(`  ${second.pushed.tag}`);

console.log("Cem checks out the repository. He gets Bob's agent, not Ada's newest:");
const theirs = join(hub.folder, "checkout.lock");
await writeFile(theirs, committed);
await using cems = await CodeAgent.fromHub("acme/guide@^1", { lockFile: theirs, frozen: true, model: model() });
const same = await cems.run(task, { additionalArgs: { places } });
console.log(
  `  ${same}, with ${cems.tools.map(({ name, origin }) => `${name} ${origin?.kind === "hub" && origin.version}`)}`,
);
assert.equal(same, answer);
assert.equal(await readFile(theirs, "utf8"), committed);

console.log("Until somebody updates the lock file, and sees what that changes:");
const { updated } = await updatePackages(undefined, { lockFile: theirs });
for (const { before, after } of updated) console.log(`  ${before.version} → ${after.version}`);
await using newer = await CodeAgent.fromHub("acme/guide@^1", { lockFile: theirs, frozen: true, model: model() });
const miles = await newer.run(task, { additionalArgs: { places } });
console.log(`  ${miles}`);
assert.match(String(miles), /^6\d\d miles$/);

const forged = JSON.parse(committed);
forged.packages["acme/guide@^1"].integrity = `sha512-${"A".repeat(86)}==`;
await writeFile(theirs, JSON.stringify(forged));
const refused = await CodeAgent.fromHub("acme/guide@^1", { lockFile: theirs, frozen: true }).catch((error) => error);
console.log(`Bytes that are not those of the lock file are refused: ${refused.code}`);
assert.equal(refused.code, "LOCK_INTEGRITY");
console.log("Checked.");
