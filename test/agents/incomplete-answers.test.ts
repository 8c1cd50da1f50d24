import type { FinishReason, ModelDelta } from "@smoltools/core";
import { describe, expect, it } from "vitest";
import { agentOf, code, conversation } from "./agent-fixture.ts";

const ending = (text: string, reason: FinishReason): ModelDelta[] => [
  ...(text === "" ? [] : [{ type: "text", text } as const]),
  { type: "finish", reason },
];

const cutOff = /Error \(AGENT_CUT_OFF\):\nYour answer was cut off at the length limit: write less in one step\./;
const filtered = /Error \(AGENT_FILTERED\):\nYour answer was stopped by the provider's content filter/;

describe("an answer that is not complete", () => {
  it.each<[string, string, FinishReason, RegExp]>([
    ["is cut off in a tagged block", "<code>\nconsole.log('half');\nadd(1,", "length", cutOff],
    ["is cut off in a fence", "```js\nconsole.log('half');", "length", cutOff],
    ["is cut off in its second block", "<code>\n1\n</code>\n<code>\nconsole.log('half');", "length", cutOff],
    ["is cut off before any code", "Thought: so many", "length", cutOff],
    ["is filtered before any code", "", "content-filter", filtered],
    ["is filtered in its code", "<code>\nconsole.log('half');", "content-filter", filtered],
  ])("runs nothing when it %s, and tells the model", async (_title, text, reason, told) => {
    const { agent, model } = agentOf([ending(text, reason), code("finalAnswer(1)")]);
    await using _ = agent;
    const ran: string[] = [];
    for await (const event of agent.stream("Go.")) {
      if (event.type === "code" || event.type === "output") ran.push(`${event.type} of step ${event.step}`);
    }
    expect(ran).toEqual(["code of step 2"]);
    const [, ...seen] = conversation(model.requests[1]);
    expect(seen).toEqual([...(text === "" ? [] : [["assistant", text]]), ["user", expect.stringMatching(told)]]);
  });

  it.each<FinishReason>(["length", "content-filter"])("runs code that was complete before %s", async (reason) => {
    const { agent } = agentOf([ending("<code>\nfinalAnswer(1)\n</code>\nSo the answ", reason)]);
    await using _ = agent;
    expect(await agent.run("Go.")).toBe(1);
  });

  it("runs code whose closing tag was the stop text", async () => {
    const { agent } = agentOf([ending("<code>\nfinalAnswer(1)\n", "stop")]);
    await using _ = agent;
    expect(await agent.run("Go.")).toBe(1);
  });
});
