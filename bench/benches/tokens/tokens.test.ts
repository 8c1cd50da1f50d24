import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Report } from "../../lib/report.ts";
import { messageTokens, replyTokens, requestTokens, tokensOf } from "./count-tokens.ts";
import { runTask } from "./run-task.ts";
import { dataTasks } from "./tasks/data-tasks.ts";

const { rows } = JSON.parse(readFileSync(new URL("../../results/tokens.json", import.meta.url), "utf8")) as Report;

describe("the tasks that the benchmark of tokens counts", () => {
  it("are at least twenty, and code loses at least five of them", () => {
    const tasks = rows.filter(({ metric }) => metric.endsWith(", as code"));
    expect(tasks.length).toBeGreaterThanOrEqual(20);
    expect(tasks.filter(({ ratio }) => (ratio ?? 0) > 1).length).toBeGreaterThanOrEqual(5);
  });

  it.each(dataTasks())("take what the results say, run again: $name", async (task) => {
    const { code, calls } = await runTask(task);
    const found = rows.find(({ metric }) => metric === `${task.name}, as code`);
    expect([found?.ours, found?.peer], "other figures than in the results: pnpm bench tokens takes them anew").toEqual(
      [code.all, calls.all].map((tokens) => Number(tokens.toPrecision(3))),
    );
  });

  it("end with an error when the two agents come to different answers", async () => {
    const [task] = dataTasks();
    if (!task) throw new Error("there is no task");
    const wrong = { ...task, calls: [() => [{ name: "final_answer", input: { answer: "wrong" } }]] };
    await expect(runTask(wrong)).rejects.toThrow("the answers differ");
  });
});

describe("tokens", () => {
  it("are those of o200k", () => {
    expect(tokensOf("hello world")).toBe(2);
  });

  it("of a request are those of its messages and its tools", () => {
    const messages = [{ role: "user" as const, content: [{ type: "text" as const, text: "hello world" }] }];
    const tools = [{ name: "a", description: "b", inputSchema: { type: "object" as const } }];
    expect(messages.map(messageTokens)).toEqual([6]);
    expect(requestTokens({ messages })).toBe(6);
    expect(requestTokens({ messages, tools })).toBeGreaterThan(6);
  });

  it("of an answer are those of its text and its calls", () => {
    const toolCalls = [{ id: "call_1", name: "add", arguments: "{}" }];
    expect(replyTokens({ text: "hello world", toolCalls: [] })).toBe(2);
    expect(replyTokens({ text: "", toolCalls })).toBe(4 + tokensOf("add") + tokensOf("{}"));
  });
});
