// The second half of the demo, in a process of its own: loads the tools through the lock file and lets an agent use them.
import { ScriptedModel } from "@smoltools/core/testing";
import { CodeAgent, modelFromEnvironment, Tool } from "smoltools";
import { script, task } from "./script.ts";
import { seattleWeatherCsv, type WettestMonth, wettestMonths } from "./seattle.ts";

const lockFile = process.argv[2] ?? "smoltools.lock";
const refs = ["demo/csv@^1.0", "demo/periods@^1.0", "demo/markdown@^1.0"];
const tools = await Promise.all(refs.map((ref) => Tool.fromHub(ref, { lockFile, frozen: true })));
for (const { name, origin } of tools) {
  if (origin.kind === "hub")
    console.log(`  ${name} from ${origin.repo} ${origin.version}, ${origin.integrity.slice(0, 20)}…`);
}

// HF_ENDPOINT and HF_TOKEN are those of the demo's own hub here; what the user has set came under other names.
const { DEMO_HF_TOKEN, DEMO_HF_ENDPOINT } = process.env;
const configured = await modelFromEnvironment({
  ...process.env,
  HF_TOKEN: DEMO_HF_TOKEN,
  HF_ENDPOINT: DEMO_HF_ENDPOINT,
});
const model = configured?.model ?? new ScriptedModel(script);
console.log(
  `  model: ${configured ? `${model.id}, by ${configured.from}` : "scripted (set OPENAI_BASE_URL, OPENAI_API_KEY or HF_TOKEN for a real one)"}`,
);

const csv = seattleWeatherCsv();
await using agent = new CodeAgent({ model, tools });
let answer: unknown;
for await (const event of agent.stream(task, { additionalArgs: { csv } })) {
  if (event.type === "step") {
    const { number, toolCalls, durationMs, error } = event.step;
    const calls = toolCalls.map(({ tool }) => tool).join(", ") || "no tools";
    console.log(`  step ${number}: ${calls} (${Math.round(durationMs)} ms)${error ? ` failed: ${error.message}` : ""}`);
  }
  if (event.type === "result") answer = event.result.output;
}
await Promise.all(tools.map((tool) => tool[Symbol.asyncDispose]()));

const expected = wettestMonths(csv);
const { months, html } = answer as { months: WettestMonth[]; html: string };
for (const { year, month, millimetres } of months) console.log(`  ${year}: ${month} with ${millimetres} mm`);
const parts = expected.flatMap(({ year, month, millimetres }) => [year, month, String(millimetres)]);
if (
  JSON.stringify(months) !== JSON.stringify(expected) ||
  !/<h\d/.test(html) ||
  !parts.every((part) => html.includes(part))
) {
  console.error("The answer is wrong. Expected:", expected, "got:", answer);
  process.exitCode = 1;
} else console.log("  checked: the answer equals an independent computation");
