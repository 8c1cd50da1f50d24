import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Output, type OutputOptions } from "./output.ts";
import { showTable } from "./show-table.ts";

const clearLine = "\r\u001B[2K";

/** An output whose text can be looked at; at a terminal where it has columns. */
function written({ columns, ...options }: Partial<OutputOptions> & { columns?: number } = {}) {
  const text = { stdout: "", stderr: "" };
  const stream = (name: keyof typeof text) => ({
    write: (chunk: string) => void (text[name] += chunk),
    ...(columns !== undefined && { isTTY: true, columns }),
  });
  return { text, out: new Output({ stdout: stream("stdout"), stderr: stream("stderr") }, { env: {}, ...options }) };
}

/** Says everything that a command can say. */
function say(out: Output): void {
  out.line("line");
  out.note("note");
  out.warn("warning");
  out.error("error");
  out.result({ a: 1 });
}

describe("Output", () => {
  it.each<[string, Partial<OutputOptions>, string, string]>([
    ["people", {}, "line\n", "note\nwarning warning\nerror\n"],
    ["programs", { json: true }, '{\n  "a": 1\n}\n', "warning warning\nerror\n"],
    ["the quiet", { quiet: true }, "line\n", "warning warning\nerror\n"],
  ])("tells %s what they want", (_who, options, stdout, stderr) => {
    const { out, text } = written(options);
    say(out);
    expect(text).toEqual({ stdout, stderr });
  });

  it.each<[string, Partial<OutputOptions> & { columns?: number }, boolean]>([
    ["at a terminal", { columns: 80 }, true],
    ["in a pipe", {}, false],
    ["with NO_COLOR", { columns: 80, env: { NO_COLOR: "1" } }, false],
    ["with an empty NO_COLOR", { columns: 80, env: { NO_COLOR: "" } }, true],
    ["with --no-color", { columns: 80, noColor: true }, false],
    ["with FORCE_COLOR", { env: { FORCE_COLOR: "1" } }, true],
    ["with FORCE_COLOR=0", { columns: 80, env: { FORCE_COLOR: "0" } }, false],
    ["with FORCE_COLOR and NO_COLOR", { env: { FORCE_COLOR: "1", NO_COLOR: "1" } }, true],
    ["with FORCE_COLOR and --no-color", { env: { FORCE_COLOR: "1" }, noColor: true }, false],
    ["at a terminal that cannot", { columns: 80, env: { TERM: "dumb" } }, false],
  ])("uses colours %s: %o %s", (_where, options, expected) => {
    const { out, text } = written(options);
    out.line(out.style("red", "red"));
    expect(text.stdout.includes("\u001B[31m")).toBe(expected);
    expect(text.stdout).toContain("red");
  });

  it("leaves colours out of a stream that goes into a file while the other one is a terminal", () => {
    const text = { stdout: "", stderr: "" };
    const stdout = { write: (chunk: string) => void (text.stdout += chunk), isTTY: true, columns: 80 };
    const stderr = { write: (chunk: string) => void (text.stderr += chunk) };
    const out = new Output({ stdout, stderr }, { env: {} });
    out.line(out.style("bold", "a"));
    out.error(out.style("red", "b"));
    expect(text).toEqual({ stdout: "\u001B[1ma\u001B[22m\n", stderr: "b\n" });
  });

  it("leaves colours out of help that goes into a file while standard error is a terminal", () => {
    let help = "";
    const stderr = { write: () => true, isTTY: true, columns: 80 };
    const out = new Output({ stdout: { write: (chunk: string) => void (help += chunk) }, stderr }, { env: {} });
    out.page(out.style("bold", "Options:"));
    expect(help).toBe("Options:");
  });

  it("wraps tables at a terminal, and nowhere else", () => {
    const rows = [["name", "a text that is too long for a terminal of this width"]];
    const [narrow, piped] = [written({ columns: 40 }), written()];
    showTable(narrow.out, rows);
    showTable(piped.out, rows);
    expect(narrow.text.stdout.trimEnd().split("\n").length).toBeGreaterThan(1);
    expect(piped.text.stdout.trimEnd().split("\n")).toHaveLength(1);
  });
});

describe("Output.progress", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  /** Work that ends when it is told to. */
  function work(out: Output, title: string) {
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    let tell: (text: string, part?: number) => void = () => undefined;
    const done = out.progress(title, (step) => {
      tell = step;
      return promise;
    });
    return { done, resolve, reject, tell: (text: string, part?: number) => tell(text, part) };
  }

  it("shows nothing of what takes less than half a second", async () => {
    const { out, text } = written({ columns: 80 });
    const { done, resolve } = work(out, "Publishing");
    await vi.advanceTimersByTimeAsync(450);
    resolve("done");
    expect(await done).toBe("done");
    expect(text.stderr).toBe("");
  });

  it("shows what takes longer, with how far it is, and takes it away", async () => {
    const { out, text } = written({ columns: 80, env: { NO_COLOR: "1" } });
    const { done, resolve, tell } = work(out, "Publishing acme/weather");
    await vi.advanceTimersByTimeAsync(520);
    expect(text.stderr).toContain("Publishing acme/weather");
    tell("3 of 4", 0.75);
    await vi.advanceTimersByTimeAsync(100);
    expect(text.stderr).toMatch(/Publishing acme\/weather █{12}░{4} 3 of 4/);
    resolve("done");
    await done;
    expect(text.stderr.endsWith(clearLine)).toBe(true);
    const shown = text.stderr;
    await vi.advanceTimersByTimeAsync(1000);
    expect(text.stderr).toBe(shown);
  });

  it("takes it away when the work fails", async () => {
    const { out, text } = written({ columns: 80 });
    const { done, reject } = work(out, "Publishing");
    await vi.advanceTimersByTimeAsync(600);
    reject(new Error("no"));
    await expect(done).rejects.toThrow("no");
    expect(text.stderr.endsWith(clearLine)).toBe(true);
  });

  it("prints above it", async () => {
    const { out, text } = written({ columns: 80, env: { NO_COLOR: "1" } });
    const { done, resolve } = work(out, "Publishing");
    await vi.advanceTimersByTimeAsync(520);
    text.stderr = "";
    out.note("half");
    const [before, above, shown] = text.stderr.split(clearLine);
    expect([before, above, shown]).toEqual(["", "half\n", expect.stringMatching(/^\S Publishing$/)]);
    resolve("done");
    await done;
  });

  it("shows the inner one of two, and the outer one again", async () => {
    const { out, text } = written({ columns: 80, env: { NO_COLOR: "1" } });
    const outer = work(out, "outer");
    const inner = work(out, "inner");
    await vi.advanceTimersByTimeAsync(520);
    expect(text.stderr).toMatch(/inner$/);
    inner.resolve("");
    await inner.done;
    await vi.advanceTimersByTimeAsync(100);
    expect(text.stderr).toMatch(/outer$/);
    outer.resolve("");
    await outer.done;
  });

  it("never fills the line of a terminal with 40 columns", async () => {
    const { out, text } = written({ columns: 40, env: { NO_COLOR: "1" } });
    const { done, resolve } = work(out, "天気".repeat(30));
    await vi.advanceTimersByTimeAsync(520);
    expect(text.stderr.replace(clearLine, "")).toMatch(/^\S (?:天気){9}…?/);
    expect(text.stderr.length).toBeLessThan(30);
    resolve("");
    await done;
  });

  it.each<[string, Partial<OutputOptions> & { columns?: number }]>([
    ["where no terminal is", {}],
    ["for programs", { columns: 80, json: true }],
    ["for the quiet", { columns: 80, quiet: true }],
    ["at a terminal that cannot", { columns: 80, env: { TERM: "dumb" } }],
  ])("shows nothing %s", async (_where, options) => {
    const { out, text } = written(options);
    const { done, resolve } = work(out, "Publishing");
    await vi.advanceTimersByTimeAsync(2000);
    resolve("");
    await done;
    expect(text).toEqual({ stdout: "", stderr: "" });
  });
});
