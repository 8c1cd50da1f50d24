import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { anyValue, spaceServer } from "./space-server.ts";

/** Runs a program of its own that lists the tools of a Space, and calls one. Gives what it prints. */
async function run(url: string, isMissing: boolean): Promise<unknown> {
  const program = `
    import { registerHooks } from "node:module";
    const loaded = [];
    registerHooks({
      resolve(specifier, context, next) {
        if (!specifier.startsWith("@gradio/")) return next(specifier, context);
        loaded.push(specifier);
        if (!${isMissing}) return next(specifier, context);
        const error = new Error("Cannot find package '" + specifier + "' imported from here");
        throw Object.assign(error, { code: "ERR_MODULE_NOT_FOUND" });
      },
    });
    const { toolFromSpace } = await import("@smoltools/adapters/space");
    const tool = await toolFromSpace(process.argv[1]);
    const before = [...loaded];
    const { code, message, text } = await tool.call({}).then((text) => ({ text }), (error) => error);
    console.log(JSON.stringify({ before, loaded, code, message, text }));`;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["--conditions=@smoltools/source", "--input-type=module", "--eval", program, url],
    { cwd: fileURLToPath(new URL(".", import.meta.url)) },
  );
  return JSON.parse(stdout);
}

const endpoints = [{ name: "say", returns: [anyValue("said")], run: (): unknown[] => ["said"] }];

it("the library is loaded by the first call, and the program ends by itself", async () => {
  await using server = await spaceServer({ endpoints, config: { connect_heartbeat: true } });
  const loaded = ["@gradio/client"];
  expect(await run(server.url, false)).toEqual({ before: [], loaded, text: "said" });
});

it("without the library the error names it and the versions that fit", async () => {
  await using server = await spaceServer({ endpoints });
  expect(await run(server.url, true)).toMatchObject({
    code: "ADAPTER_PEER_MISSING",
    message: 'A Space needs the package @gradio/client. Install it: npm install "@gradio/client@^2.7.0"',
  });
});
