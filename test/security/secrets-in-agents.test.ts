import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { InferenceClientModel } from "@smoltools/adapters/models/inference-client";
import { OpenAIModel } from "@smoltools/adapters/models/openai";
import { RouterModel } from "@smoltools/adapters/models/router";
import type { Model } from "@smoltools/core";
import { ScriptedModel } from "@smoltools/core/testing";
import { CodeAgent, type CodeAgentOptions, webSearch } from "smoltools";
import { describe, expect, it } from "vitest";
import { agentFolder } from "./agent-fixture.ts";

/** What must be in no file: short words, which no search for the forms of secrets would find. */
const planted = (n: number): string => `planted-${n}-word`;

/** Looks like the random part of a token. */
const random = createHash("sha256").update("token").digest("base64").replaceAll(/\W/g, "x").slice(0, 40);

async function textOf(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return (await Promise.all(files.map((file) => readFile(join(file.parentPath, file.name), "utf8")))).join("\n");
}

async function saved(options: Partial<CodeAgentOptions>): Promise<string> {
  await using folder = await agentFolder({});
  await new CodeAgent({ model: new ScriptedModel([]), ...options }).save(folder.path);
  return textOf(folder.path);
}

const openai = new OpenAIModel({
  model: "m",
  baseUrl: `https://example.org/v1?key=${planted(1)}`,
  apiKey: planted(2),
  headers: { "x-key": planted(3) },
  parameters: { temperature: 0.5, user: planted(4), metadata: { key: planted(5) }, reasoning_effort: "low" },
  fetch: Object.defineProperty(async () => Promise.reject(new Error("no")), "name", { value: planted(6) }),
});
const inference = new InferenceClientModel({ model: "a/b", token: planted(7), billTo: planted(8) });

describe("a saved agent", () => {
  it.each<[title: string, model: Model]>([
    ["a model of OpenAI's protocol", openai],
    ["a model of Hugging Face", inference],
    ["a router of both", new RouterModel({ models: [openai, inference] })],
  ])("holds no secret of %s", async (_title, model) => {
    const text = await saved({ model, compaction: { maxTokens: 9000, model } });
    expect(text).not.toContain("planted");
    expect(text).toContain(model === inference ? '"a/b"' : '"reasoning_effort": "low"');
  });

  it("holds no secret of its tools", async () => {
    expect(await saved({ tools: [webSearch({ engine: "brave", apiKey: planted(9) })] })).not.toContain("planted");
  });

  it("holds nothing of its functions but their names", async () => {
    const key = planted(10);
    const approve = (): boolean => key.length > 0;
    const text = await saved({ approve, stopWhen: () => key === "", observers: [{ onEvent: () => key }] as never });
    expect(text).toContain('"hook": "approve"');
    expect(text).not.toContain("planted");
  });

  it.each<[title: string, options: Partial<CodeAgentOptions>]>([
    ["instructions", { instructions: `Use hf_${random} as the token.` }],
    ["a prompt", { prompts: { summary: `Say sk-proj-${random}.` } }],
    ["a description", { name: "x", description: `ghp_${random}` }],
  ])("is not written with a token in %s", async (_title, options) => {
    await expect(saved(options)).rejects.toMatchObject({ code: "SECRET_FOUND" });
  });
});
