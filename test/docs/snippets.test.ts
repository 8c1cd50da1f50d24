import { describe, expect, it } from "vitest";
import { blocksOf, type Snippet, snippetsOf } from "./guide-page.ts";
import { SnippetFolder } from "./snippet-folder.ts";

const page = `# Page

\`\`\`ts run
console.log(1);
\`\`\`

Prints:

\`\`\`text
1
\`\`\`

\`\`\`ts
export const two: number = 2;
\`\`\`

\`\`\`ts run
export {};
\`\`\`

\`\`\`sh
ls
\`\`\`
`;

const program = (text: string, line: number): Snippet => ({ page: "page.md", line, text, output: "" });

describe("a page", () => {
  it("has its snippets with their lines and what they must print", () => {
    expect(snippetsOf("page.md", blocksOf(page))).toEqual([
      { page: "page.md", line: 4, text: "console.log(1);\n", output: "1\n" },
      { page: "page.md", line: 14, text: "export const two: number = 2;\n", output: undefined },
      { page: "page.md", line: 18, text: "export {};\n", output: "" },
    ]);
  });

  it("whose last block has no end is refused", () => {
    expect(() => blocksOf("```ts\n1")).toThrow("line 2");
  });
});

describe("a folder of snippets", () => {
  it("tells what each snippet printed, and with the line of the page what threw", async () => {
    const snippets = [program("console.log(1);\nconsole.log(2);", 3), program('throw new Error("broken");', 30)];
    await using folder = await SnippetFolder.create(snippets);
    const { outputs, failure } = await folder.run(snippets);
    expect(outputs).toEqual(["1\n2\n", ""]);
    expect(failure).toMatch(/page\.md\.30\.ts:30\n[^]*Error: broken/);
  });

  it("tells type errors with the line of the page", async () => {
    await using folder = await SnippetFolder.create([program('export const one: number = "1";', 12)]);
    expect(await folder.typeErrors()).toEqual([expect.stringMatching(/^page\.md\.12\.ts\(12,14\): error TS2322/)]);
  });
});
