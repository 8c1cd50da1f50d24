import { spawn } from "node:child_process";
import { once } from "node:events";
import { PassThrough } from "node:stream";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { Terminal } from "./terminal.ts";

const call = { signal: new AbortController().signal };

function terminal(): { terminal: Terminal; input: PassThrough; output: PassThrough } {
  const input = new PassThrough();
  const output = new PassThrough();
  return { terminal: new Terminal(input, output), input, output };
}

describe("Terminal", () => {
  it("writes the question and reads a line", async () => {
    const { terminal: asker, input, output } = terminal();
    const answer = asker.ask("Which colour?", call);
    input.write("blue\n");
    expect(await answer).toBe("blue");
    expect(String(output.read())).toBe("Which colour?\n> ");
  });

  it("asks one question after another", async () => {
    const { terminal: asker, input, output } = terminal();
    const answers = [asker.ask("a", call), asker.ask("b", call)];
    input.write("1\n");
    expect(await answers[0]).toBe("1");
    input.write("2\r\n");
    expect(await answers[1]).toBe("2");
    expect(String(output.read())).toBe("a\n> b\n> ");
  });

  it("keeps lines that come before they are asked for", async () => {
    const { terminal: asker, input } = terminal();
    input.end("1\n2\n3");
    expect([await asker.ask("a", call), await asker.ask("b", call), await asker.ask("c", call)]).toEqual([
      "1",
      "2",
      "3",
    ]);
  });

  it("says that nobody can answer when the input is at its end", async () => {
    const { terminal: asker, input } = terminal();
    const answer = asker.ask("a", call);
    input.end();
    await expect(answer).rejects.toThrow("nobody can answer");
    await expect(asker.ask("b", call)).rejects.toThrow("nobody can answer");
  });

  it("says so too when the input fails", async () => {
    const { terminal: asker, input } = terminal();
    const answer = asker.ask("a", call);
    setImmediate(() => input.destroy(new Error("EIO")));
    await expect(answer).rejects.toThrow("nobody can answer");
  });

  it("gives a question up that is aborted, and goes on with the next one", async () => {
    const { terminal: asker, input } = terminal();
    const abort = new AbortController();
    const first = asker.ask("a", { signal: abort.signal });
    const second = asker.ask("b", call);
    setImmediate(() => abort.abort(new Error("enough")));
    await expect(first).rejects.toThrow("enough");
    input.write("1\n");
    expect(await second).toBe("1");
  });

  it("lets no question move the cursor or turn the text around", async () => {
    const { terminal: asker, input, output } = terminal();
    input.end("x\n");
    await asker.ask("a\u001b[2J\r\u202eb\n\tc", call);
    expect(String(output.read())).toBe("a[2Jb\n\tc\n> ");
  });

  it("does not keep a program alive that has its answers", async () => {
    const script = `import { userInput } from ${JSON.stringify(new URL("../user-input.ts", import.meta.url).href)};
      const tool = userInput();
      console.log(await Promise.all([tool.call({ question: "a" }), tool.call({ question: "b" })]));`;
    const root = fileURLToPath(new URL("../../../../..", import.meta.url));
    const flags = ["--conditions=@smoltools/source", "--input-type=module", "-e", script];
    const child = spawn(process.execPath, flags, { cwd: root });
    const printed: string[] = [];
    child.stdout.on("data", (chunk: Buffer) => printed.push(chunk.toString()));
    // The input stays open: the program ends by itself.
    child.stdin.write("1\n2\n");
    const [code] = await once(child, "exit");
    expect([code, printed.join("").trim()]).toEqual([0, "[ '1', '2' ]"]);
  });
});
