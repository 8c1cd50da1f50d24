import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testHub, writeToken } from "../flows/hub-fixture.ts";
import { type CliOptions, smoltools } from "./run-cli.ts";

const words = `from smolagents import Tool

class Words(Tool):
    name = "words"
    description = "Counts words."
    inputs = {"text": {"type": "string", "description": "the text"}}
    output_type = "integer"
    def forward(self, text): return len(text.split())
`;

let hub: Awaited<ReturnType<typeof testHub>>;
let inHub: CliOptions;
beforeAll(async () => {
  hub = await testHub();
  const cwd = join(hub.folder, "project");
  await mkdir(cwd);
  await writeFile(join(cwd, "words.py"), words);
  inHub = { cwd, env: { HF_ENDPOINT: hub.server.url, HF_TOKEN: writeToken, HF_HOME: join(hub.folder, "home") } };
});
afterAll(() => hub[Symbol.asyncDispose]());

describe("smoltools", () => {
  it("publishes a file of Python as a Gradio app, and runs it in its sandbox", async () => {
    const args = ["push", "words.py", "acme/words", "--version", "1.0.0", "--sdk", "gradio", "--yes", "--json"];
    const pushed = JSON.parse((await smoltools(args, inHub)).stdout) as { written: string[] };
    expect(pushed.written.sort()).toEqual(["README.md", "app.py", "requirements.txt", "tool.json", "tool.py"]);
    const { stdout } = await smoltools(["run", "acme/words", "--text", "a b"], inHub);
    expect(stdout).toBe("2\n");
  });

  it("knows two kinds of Spaces", async () => {
    const wrong = await smoltools(["push", "words.py", "acme/app", "--sdk", "docker"], inHub);
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining("none of static, gradio")]);
  });
});
