import { mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runCli } from "../../packages/cli/src/cli/run-cli.ts";
import { testHub, writeToken } from "../flows/hub-fixture.ts";
import type { CliResult } from "./run-cli.ts";

let hub: Awaited<ReturnType<typeof testHub>>;
let cwd: string;
let home: string;
beforeAll(async () => {
  hub = await testHub();
  cwd = join(hub.folder, "project");
  home = join(hub.folder, "smoltools-home");
  await mkdir(cwd);
  await writeFile(
    join(cwd, "add.ts"),
    "/** Adds numbers.\n * @param a - One.\n * @param b - Another one.\n */\n" +
      "export function add(a: number, b: number): number {\n  return a + b;\n}\n",
  );
});
afterAll(async () => {
  await hub[Symbol.asyncDispose]();
});

/** Runs a command line in this process: starting one takes longer than any of these commands. */
async function run(args: string[], env: Record<string, string> = {}): Promise<CliResult> {
  const places = { HF_ENDPOINT: hub.server.url, HF_HOME: join(hub.folder, "home"), SMOLTOOLS_HOME: home };
  const result: CliResult = { code: null, stdout: "", stderr: "" };
  const stream = (name: "stdout" | "stderr") => ({ write: (text: unknown) => Boolean((result[name] += String(text))) });
  const streams = { stdout: stream("stdout"), stderr: stream("stderr") };
  result.code = await runCli(args, { ...streams, env: { ...places, ...env }, signal: new AbortController().signal });
  return result;
}

describe("smoltools keys", () => {
  it("makes a key, exports its public half, and trusts it", async () => {
    const created = JSON.parse((await run(["keys", "create", "release", "--json"])).stdout) as Record<string, string>;
    expect(created["id"]).toMatch(/^SHA256:/);
    expect((await stat(join(home, "keys", "release.pem"))).mode & 0o777).toBe(0o600);
    const { stdout: exported } = await run(["keys", "export", "release"]);
    expect(exported).toBe(`${created["publicKey"]} release\n`);
    await writeFile(join(cwd, "acme.pub"), exported);
    const { stdout } = await run(["keys", "trust", "acme", join(cwd, "acme.pub"), "--until", "2099-12-31"]);
    expect(stdout).toContain(`trusted ${created["id"]} as a key of acme on 127.0.0.1`);
    const listed = JSON.parse((await run(["keys", "list", "--json"])).stdout) as { keys: object[]; trusted: object[] };
    expect(listed.keys).toEqual([{ name: "release", id: created["id"], publicKey: created["publicKey"] }]);
    expect(listed.trusted).toEqual([
      { hub: hub.server.url, owner: "acme", id: created["id"], by: "person", notAfter: "2099-12-31" },
    ]);
    const { stdout: revoked } = await run(["keys", "revoke", created["id"] ?? ""]);
    expect(revoked).toContain("revoked SHA256:");
    expect((await run(["keys", "list"])).stdout).toMatch(/acme on \S+ +SHA256:\S+ +revoked\n/);
    expect((await run(["keys", "untrust", "acme"])).stdout).toContain("0 left");
  });

  it("never says a private key or a passphrase", async () => {
    const env = { SMOLTOOLS_KEY_PASSPHRASE: "correct horse battery" };
    const outputs = [
      await run(["keys", "create", "sealed"], env),
      await run(["keys", "create", "sealed"], env),
      await run(["keys", "list"], env),
      await run(["keys", "export", "sealed"], env),
      await run(["keys", "export", "sealed"]),
      await run(["keys", "export", "sealed"], { SMOLTOOLS_KEY_PASSPHRASE: "wrong horse", SMOLTOOLS_DEBUG: "1" }),
    ];
    expect(outputs.map(({ code }) => code)).toEqual([0, 1, 0, 0, 1, 1]);
    const pem = await readFile(join(home, "keys", "sealed.pem"), "utf8");
    const text = outputs.map(({ stdout, stderr }) => stdout + stderr).join("\n");
    for (const secret of [pem.split("\n")[1] ?? "?", "horse", "PRIVATE KEY"]) expect(text).not.toContain(secret);
  });

  it("signs what is pushed, for those who ask for signatures", async () => {
    await run(["keys", "create", "push-key"]);
    const source = join(cwd, "add.ts");
    const version = ["--version", "3.0.0", "--yes", "--json"];
    const pushed = await run(["push", source, "acme/signed", "--sign", "push-key", ...version], {
      HF_TOKEN: writeToken,
    });
    expect(JSON.parse(pushed.stdout)).toMatchObject({ signed: true });
    const packed = await run(["pack", "acme/signed@3", "--require-signature", "-o", join(cwd, "signed.tgz"), "--json"]);
    expect(packed.code).toBe(0);
    await hub.publish("bare", "return 1");
    const refused = await run(["pack", "acme/bare", "--require-signature", "-o", join(cwd, "bare.tgz"), "--json"]);
    expect(JSON.parse(refused.stdout)).toMatchObject({ error: { code: "SIGNATURE_MISSING" } });
  });

  it.each<[string[], string]>([
    [["keys"], "smoltools keys needs a command: create"],
    [["keys", "forge"], 'no command "keys forge"'],
    [["keys", "constructor"], 'no command "keys constructor"'],
    [["keys", "create"], "Usage: smoltools keys create <name>"],
    [["keys", "trust", "acme/x", "key"], "not the name of an owner"],
    [["keys", "trust", "acme", "nothing.pub"], "neither a public key nor a file"],
  ])("ends with 2 for %j", async (args, words) => {
    const { code, stderr } = await run(args);
    expect([code, stderr]).toEqual([2, expect.stringContaining(words)]);
  });
});

describe("smoltools pack", () => {
  const nowhere = { HF_ENDPOINT: "http://127.0.0.1:1" };

  it("writes a source file as an archive that runs without a hub", async () => {
    const path = join(cwd, "add.tgz");
    const packed = await run(["pack", join(cwd, "add.ts"), "--name", "acme/add", "--version", "1.2.0", "-o", path]);
    expect([packed.code, packed.stdout]).toEqual([0, expect.stringContaining("acme/add 1.2.0")]);
    const result = await run(["run", path, "--a", "40", "--b", "2"], nowhere);
    expect([result.code, result.stdout]).toEqual([0, "42\n"]);
  });

  it("writes a package of a hub where it is told to", async () => {
    await hub.publish("packed", "return 1");
    const path = join(cwd, "out.tgz");
    const { stdout } = await run(["pack", "acme/packed@^1", "--out", path, "--json"]);
    const result = JSON.parse(stdout) as { path: string; bytes: number; packages: object[] };
    expect(result).toMatchObject({ path, packages: [{ name: "acme/packed", version: "1.0.0" }] });
    expect((await stat(path)).size).toBe(result.bytes);
    const info = await run(["info", path, "--json"], nowhere);
    expect(JSON.parse(info.stdout)).toMatchObject({ name: "acme/packed", version: "1.0.0" });
  });

  it("publishes what it has packed as it is", async () => {
    const token = { HF_TOKEN: writeToken };
    const [path, refused] = [join(cwd, "add.tgz"), join(cwd, "nothing.tgz")];
    const pushed = await run(["push", path, "acme/add", "--json"], token);
    expect(JSON.parse(pushed.stdout)).toMatchObject({ version: "1.2.0", tag: "v1.2.0" });
    expect((await run(["push", refused, "acme/add"], token)).code).toBe(2);
  });

  it("asks for the name of the package of a source file", async () => {
    const { code, stderr } = await run(["pack", join(cwd, "add.ts")]);
    expect([code, stderr]).toEqual([2, expect.stringContaining("--name owner/name")]);
  });
});
