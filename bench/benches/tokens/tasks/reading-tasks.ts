import { tool, type Tool } from "@smoltools/core";
import { answer, call, step, type TokenTask } from "../task.ts";
import { folder } from "./task-files.ts";

const summary =
  "What a run may use can be limited: steps, tokens, time, calls of tools, and whatever a function counts. When " +
  "something has run out, the model is asked once more for its answer, and the result says what it was.";

const sum = tool({
  name: "sum",
  description: "Adds two numbers.",
  input: {
    type: "object",
    properties: { a: { type: "number" }, b: { type: "number" } },
    required: ["a", "b"],
    additionalProperties: false,
  },
  output: { type: "number" },
  execute: ({ a, b }) => a + b,
});

/** Tasks in which the model has to read or see what comes back, or in which there is next to nothing to do. */
export function readingTasks(files: readonly Tool[], one: (name: string) => Tool): TokenTask[] {
  return [
    ...[files, [one("read_text_file")]].flatMap((tools) => readings(tools)),
    {
      name: "look at a picture",
      tools: [one("get_tiny_image")],
      task: "Get the tiny image. What does it show?",
      code: [
        step("I get it and look at it.", "await get_tiny_image()"),
        step("I see it.", `finalAnswer("The logo of MCP.");`),
      ],
      calls: [() => [call("get_tiny_image")], () => answer("The logo of MCP.")],
    },
    {
      name: "one call, one small tool",
      tools: [sum],
      task: "Add 17 and 25.",
      code: [step("I add them.", "finalAnswer(await sum(17, 25));")],
      calls: [() => [call("sum", { a: 17, b: 25 })], () => answer(42)],
    },
    {
      name: "one call, one small tool, looked at first",
      tools: [sum],
      task: "Add 17 and 25.",
      code: [step("I add them.", "console.log(await sum(17, 25));"), step("That is the sum.", "finalAnswer(42);")],
      calls: [() => [call("sum", { a: 17, b: 25 })], () => answer(42)],
    },
    {
      name: "code that is wrong at first",
      tools: [sum],
      task: "Add 17, 25 and 8.",
      code: [
        step("I add them.", "const numbers = [17, 25, 8];\nfinalAnswer(await sum(...numbers));"),
        step("It takes two at a time.", "finalAnswer(await sum(await sum(17, 25), 8));"),
      ],
      calls: [() => [call("sum", { a: 17, b: 25 })], () => [call("sum", { a: 42, b: 8 })], () => answer(50)],
    },
  ];
}

/** Texts that have to be read. */
function readings(tools: readonly Tool[]): TokenTask[] {
  const clues = ["start", "spring", "river", "sea"].map((name) => `${folder}/clues/${name}.txt`);
  const having = `with ${tools.length === 1 ? "one tool" : `${tools.length} tools`}`;
  return [
    {
      name: `sum up a long text, ${having}`,
      tools,
      task: `What does ${folder}/guide.md say? Answer in two sentences.`,
      code: [
        step("I read it.", `console.log((await read_text_file("${folder}/guide.md")).content);`),
        step("I have read it.", `finalAnswer(${JSON.stringify(summary)});`),
      ],
      calls: [() => [call("read_text_file", { path: `${folder}/guide.md` })], () => answer(summary)],
    },
    {
      name: `follow clues that have to be read, ${having}`,
      tools,
      task: `Follow the clues, beginning with ${folder}/clues/start.txt. Answer with the treasure.`,
      code: [
        ...clues.map((path) =>
          step("I read the next clue.", `console.log((await read_text_file("${path}")).content);`),
        ),
        step("That is it.", `finalAnswer("halcyon");`),
      ],
      calls: [...clues.map((path) => () => [call("read_text_file", { path })]), () => answer("halcyon")],
    },
  ];
}
