import { join } from "node:path";
import { smolagentsTools } from "@smoltools/adapters/sandboxes/python";
import { type LoadOptions, loadPackage, loadTool, packPackage, pushPackage } from "@smoltools/hub";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testHub, writeToken } from "../flows/hub-fixture.ts";
import { interopPython, interopPythonHint, pythonEnv, runProgram } from "./python-environment.ts";

const runtimes = { python: smolagentsTools() };
let hub: Awaited<ReturnType<typeof testHub>>;
let env: NodeJS.ProcessEnv;
let code: Record<string, unknown>;
const options = (more: Partial<LoadOptions> = {}) => hub.coldOptions({ runtimes, ...more });

describe.skipIf(!interopPython)(`tools of smolagents${interopPython ? "" : ` (${interopPythonHint})`}`, () => {
  beforeAll(async () => {
    hub = await testHub();
    env = pythonEnv(hub.server.url, join(hub.folder, "home"), { HF_TOKEN: writeToken });
    code = await runProgram("publish_tools.py", env);
  });
  afterAll(() => hub[Symbol.asyncDispose]());

  it("that were saved and uploaded are loaded by their version, and run in the sandbox of Python", async () => {
    await using tool = await loadTool("acme/statistics@^2", options());
    expect(tool).toMatchObject({
      name: "text_statistics",
      description: 'Counts the words of a text, by "their" length.',
      inputSchema: { required: ["text"] },
      origin: { version: "2.0.0" },
    });
    expect(await tool.call({ text: "one two three", least: 4 })).toEqual({ words: 1, lengths: { "5": 1 } });
  });

  it("that were pushed are loaded by their branch", async () => {
    await using tool = await loadTool("acme/celsius@main", options());
    expect(tool).toMatchObject({ name: "celsius", outputSchema: { type: "number" } });
    expect(await tool.call({ fahrenheit: 212 })).toBe(100);
    await expect(tool.call({ fahrenheit: "hot" })).rejects.toMatchObject({ code: "TOOL_INPUT_INVALID" });
  });

  it.each(["statistics", "celsius"])("are the bytes that smolagents wrote: %s", async (name) => {
    await using loaded = await loadPackage(`acme/${name}@main`, options());
    expect(Buffer.from(await loaded.file("tool.py")).toString()).toBe(code[name]);
  });

  it("that are published again by smoltools are loaded by smolagents, unchanged (case 92)", async () => {
    await using loaded = await loadPackage("acme/celsius@main", options());
    const packed = packPackage({
      name: "acme/celsius-again",
      version: "1.0.0",
      description: "Turns degrees.",
      tools: loaded.manifest.tools,
      runtime: "python",
      code: await loaded.file("tool.py"),
      requirements: "smolagents",
      sources: {},
    });
    await pushPackage(hub.client(), packed);
    const args = ["acme/celsius-again", "v1.0.0", '{"fahrenheit":32}'];
    expect(await runProgram("load_and_call.py", env, args)).toMatchObject({ result: 0 });
    await using again = await loadTool("acme/celsius-again@^1", options());
    expect(await again.call({ fahrenheit: 32 })).toBe(0);
  });
});
