import { describe, expect, it } from "vitest";
import { forcedBeginning, toolFormatOf } from "./tool-format.ts";

describe("toolFormatOf", () => {
  it.each<[string, unknown, string | undefined]>([
    ["Qwen's", "{%- if tools %}<tools>…</tools> within <tool_call></tool_call>{%- endif %}", "tagged"],
    ["Mistral's", "{%- if tools %}[AVAILABLE_TOOLS]{{ tools }}{% endif %}[TOOL_CALLS]", "listed"],
    ["Mistral's later one", "{%- if tools %}…[TOOL_CALLS]{{ name }}[ARGS]{% endif %}", undefined],
    ["Llama's", 'Respond in the format {"name": …, "parameters": …}. {{ tools }}', "bare"],
    ["Qwen3-Coder's", "{%- if tools %}<tool_call><function=…></tool_call>{%- endif %}", undefined],
    ["one without tools", "{% for message in messages %}<tool_call>{% endfor %}", undefined],
    ["one of an unknown form", "{{ tools | tojson }}", undefined],
    ["none", undefined, undefined],
  ])("knows %s template", (_, template, kind) => {
    expect(toolFormatOf(template)?.kind).toBe(kind);
  });
});

describe("forcedBeginning", () => {
  const formats = {
    tagged: { kind: "tagged", mark: "<tool_call>", argumentsKey: "arguments" },
    listed: { kind: "listed", mark: "[TOOL_CALLS]", argumentsKey: "arguments" },
    bare: { kind: "bare", mark: "{", argumentsKey: "parameters" },
  } as const;

  it.each<[keyof typeof formats, string]>([
    ["tagged", '<tool_call>\n{"name": "f", "arguments": '],
    ["listed", '[TOOL_CALLS][{"name": "f", "arguments": '],
    ["bare", '{"name": "f", "parameters": '],
  ])("begins a call that is %s", (kind, beginning) => {
    expect(forcedBeginning(formats[kind], { name: "f" })).toBe(beginning);
    expect(beginning.startsWith(forcedBeginning(formats[kind], "required"))).toBe(true);
  });

  it.each([["auto" as const], ["none" as const], [undefined]])("is nothing for %s", (choice) => {
    expect(forcedBeginning(formats.tagged, choice)).toBe("");
  });
});
