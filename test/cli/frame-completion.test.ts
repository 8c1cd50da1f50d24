import { execFile, spawn } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inProcess } from "./in-process.ts";
import { runAtTerminal } from "./terminal.ts";

let folder: string;
let env: Record<string, string>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "cli-completion-"));
  env = { HOME: folder, PATH: process.env["PATH"] ?? "", TERM: "xterm" };
  for (const shell of ["bash", "zsh", "fish"]) {
    const { stdout } = await inProcess(["completion", shell], { HOME: folder });
    await writeFile(join(folder, `smoltools.${shell}`), stdout);
  }
  await mkdir(join(folder, "place", "sub folder"), { recursive: true });
  await writeFile(join(folder, "place", "weather.ts"), "");
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A line up to the cursor, some of what is offered, and something that is not. */
const lines: [line: string, offered: string[], not: string[]][] = [
  ["smoltools pus", ["push"], ["pull"]],
  ["smoltools ", ["push", "hub", "completion", "help"], ["--json"]],
  ["smoltools hub ", ["user", "org", "token", "backup"], ["push", "weather.ts"]],
  ["smoltools hub user ", ["add", "list", "remove", "role"], ["user"]],
  ["smoltools help hub ", ["user", "org"], ["push"]],
  ["smoltools hub user add --d", ["--data"], ["--dry-run", "--name"]],
  ["smoltools push --", ["--version", "--dry-run", "--json", "--no-color"], ["--data", "push"]],
  ["smoltools push a.ts acme/a --sdk ", ["static", "gradio"], ["weather.ts"]],
  ["smoltools push --version 1.0.0 --sdk g", ["gradio"], ["static"]],
  ["smoltools hub user role alice ", ["member", "admin"], ["weather.ts"]],
  ["smoltools hub user role --data hub alice ", ["member", "admin"], []],
  ["smoltools completion ", ["bash", "zsh", "fish"], ["push"]],
  ["smoltools config set ", ["hub", "model", "sandbox"], ["push"]],
  ["smoltools check wea", ["weather.ts"], ["push"]],
  ["smoltools push --notes-file wea", ["weather.ts"], []],
  ["smoltools hub backup s", ["sub folder"], ["weather.ts"]],
  ["smoltools whoami ", [], ["weather.ts", "push"]],
  ["smoltools frobnicate ", [], ["--json"]],
];

/** What bash offers: its function is called as the shell would call it. */
async function inBash(line: string): Promise<string[]> {
  const script = `
    source "$HOME/smoltools.bash"
    COMP_WORDS=(); IFS=' ' read -ra COMP_WORDS <<< "$1"
    [[ $1 == *' ' ]] && COMP_WORDS+=('')
    COMP_CWORD=$((\${#COMP_WORDS[@]} - 1))
    _smoltools
    printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout } = await promisify(execFile)("bash", ["--norc", "-c", script, "bash", line], {
    cwd: join(folder, "place"),
    env,
  });
  return stdout
    .split("\n")
    .map((word) => word.replace(/\/$/, ""))
    .filter((word) => word !== "");
}

/** What fish offers, by its own command for that. */
async function inFish(line: string): Promise<string[]> {
  const script = `source $HOME/smoltools.fish; complete -C ${JSON.stringify(line)}`;
  const child = spawn("fish", ["--no-config", "-c", script], { cwd: join(folder, "place"), env });
  let stdout = "";
  for await (const chunk of child.stdout) stdout += String(chunk);
  return stdout
    .split("\n")
    .map((row) => (row.split("\t")[0] ?? "").replace(/\/$/, ""))
    .filter((word) => word !== "");
}

describe.each([
  ["bash", inBash],
  ["fish", inFish],
] as const)("completion in %s", { timeout: 30_000 }, (_shell, offer) => {
  it.each(lines)("behind %j", async (line, offered, not) => {
    const words = await offer(line);
    expect(words).toEqual(expect.arrayContaining(offered));
    for (const word of not) expect(words).not.toContain(word);
  });
});

describe("completion in bash", () => {
  it("knows values behind =, where bash breaks words", async () => {
    expect(await inBash("smoltools push --sdk = g")).toEqual(["gradio"]);
    expect(await inBash("smoltools push --sdk =")).toEqual(["static", "gradio"]);
  });

  it("takes what follows -- for arguments", async () => {
    expect(await inBash("smoltools check -- --")).toEqual([]);
  });
});

describe("completion in zsh", { timeout: 60_000 }, () => {
  it("offers at a terminal what the table says", async () => {
    // Ctrl-X shows the line as it is: what the shell draws is full of control sequences.
    await writeFile(
      join(folder, ".zshrc"),
      `PS1='READY> '; autoload -U compinit; compinit -u; source $HOME/smoltools.zsh
       show-line() { print -rn -- "<$BUFFER>" }; zle -N show-line; bindkey '^X' show-line\n`,
    );
    const session = runAtTerminal(["zsh", "-i"], { env, cwd: join(folder, "place"), columns: 200 });
    await session.until(/READY> /);
    for (const [line, completed] of [
      ["smoltools pus", "smoltools push "],
      ["smoltools hub us", "smoltools hub user "],
      ["smoltools hub user add --dat", "smoltools hub user add --data "],
      ["smoltools push --sdk g", "smoltools push --sdk gradio "],
      ["smoltools push --sdk=s", "smoltools push --sdk=static "],
      ["smoltools check wea", "smoltools check weather.ts "],
      ["smoltools hub backup s", "smoltools hub backup sub\\\\ folder/"],
      ["smoltools hub user role alice m", "smoltools hub user role alice member "],
      ["smoltools push --version 1.0.0 --dry", "smoltools push --version 1.0.0 --dry-run "],
      ["smoltools whoami wea", "smoltools whoami wea"],
    ] as const) {
      session.type(`${line}\t\u0018`);
      await session.until(new RegExp(`<${completed}>`));
      session.type("\u0015");
    }
    session.type("smoltools hub user \t");
    await session.until(/add +-- Make a user/);
    session.type("\u0015");
    session.type("exit\r");
    expect((await session.end()).shown).not.toMatch(/command not found|parse error|bad /);
  });
});
