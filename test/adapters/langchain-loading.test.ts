import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";

const here = fileURLToPath(new URL(".", import.meta.url));

/** Libraries of which none is needed before a tool of theirs is there. */
const frameworks = /^(?:@langchain\/|langchain|@ai-sdk\/|ai$|zod|undici$)/;

/** Runs a program of its own; packages that match are missing in it. Gives what it prints. */
async function run(program: string, missing: RegExp = /^$/): Promise<unknown> {
  const hooks = `
    import { registerHooks } from "node:module";
    const loaded = [];
    registerHooks({
      resolve(specifier, context, next) {
        if (${frameworks}.test(specifier)) loaded.push(specifier);
        if (!${missing}.test(specifier)) return next(specifier, context);
        const error = new Error("Cannot find package '" + specifier + "' imported from here");
        throw Object.assign(error, { code: "ERR_MODULE_NOT_FOUND" });
      },
    });
  `;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["--conditions=@smoltools/source", "--input-type=module", "--eval", hooks + program],
    { cwd: here },
  );
  return JSON.parse(stdout);
}

describe.each(["langchain", "ai-sdk", "openapi"])("importing @smoltools/adapters/%s", (subpath) => {
  it("loads no other framework", async () => {
    const program = `await import("@smoltools/adapters/${subpath}"); console.log(JSON.stringify(loaded));`;
    expect(await run(program)).toEqual([]);
  });
});

describe("without the library that is needed", () => {
  it.each([
    [
      "toolFromLangchain",
      `const { toolFromLangchain } = await import("@smoltools/adapters/langchain");
       const foreign = { name: "t", lc_namespace: [], schema: { type: "object" }, invoke: async () => 1 };
       const work = toolFromLangchain(foreign);`,
      'A tool of LangChain needs the package @langchain/core. Install it: npm install "@langchain/core@^1.0.0"',
    ],
    [
      "toLangchain",
      `const { toLangchain } = await import("@smoltools/adapters/langchain");
       const { tool } = await import("@smoltools/core");
       const work = toLangchain(tool({ name: "t", description: "T.", execute: () => 1 }));`,
      'toLangchain needs the package @langchain/core. Install it: npm install "@langchain/core@^1.0.0"',
    ],
    [
      "toolsFromAiSdk with a schema of zod 3",
      `const { toolsFromAiSdk } = await import("@smoltools/adapters/ai-sdk");
       const inputSchema = { "~standard": { version: 1, vendor: "zod", validate: () => ({ value: {} }) } };
       const work = toolsFromAiSdk({ t: { inputSchema, execute: () => 1 } });`,
      'needs the package ai. Install it: npm install "ai@>=6 <8"',
    ],
  ])("%s names it and the versions that fit", async (_name, program, message) => {
    const told = `
      const { code, message } = await work.catch((error) => error);
      console.log(JSON.stringify({ code, message }));`;
    const outcome = await run(program + told, /^(?:@langchain\/|ai$)/);
    expect(outcome).toMatchObject({ code: "ADAPTER_PEER_MISSING", message: expect.stringContaining(message) });
  });
});

describe("tools of the AI SDK whose schemas tell themselves", () => {
  it("are made and called without the AI SDK", async () => {
    const program = `
      const { toolsFromAiSdk, toAiSdk } = await import("@smoltools/adapters/ai-sdk");
      const { tool } = await import("@smoltools/core");
      const add = tool({ name: "add", description: "Adds.", input: { type: "object", properties: { a: { type: "number" } } }, execute: ({ a }) => a + 1 });
      const [back] = await toolsFromAiSdk(toAiSdk([add]));
      console.log(JSON.stringify([await back.call({ a: 1 }), loaded]));`;
    expect(await run(program, /^ai$/)).toEqual([2, []]);
  });
});
