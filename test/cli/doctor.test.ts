import { describe, expect, it } from "vitest";
import { smoltools } from "./run-cli.ts";

/** An environment in which nobody has a Docker engine, and somebody a key. */
const env = { DOCKER_HOST: "unix:///nowhere/docker.sock", E2B_API_KEY: "secret-key", HOME: "/nowhere" };

describe("smoltools doctor", () => {
  it("tells people what this machine can do, with versions and hints", async () => {
    const { code, stdout, stderr } = await smoltools(["doctor"], { env });
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(
      /^smoltools \d+\.\d+\.\d+, Node \d+\.\d+\.\d+, \w+ \w+\n\nyes {2}quickjs: JavaScript\n {5}q/,
    );
    expect(stdout).toMatch(/no {3}docker: JavaScript, Python\n {5}there is no Docker daemon at .*DOCKER_HOST/);
    expect(stdout).toMatch(/yes {2}e2b: JavaScript, Python\n {5}e2b \d+\.\d+\.\d+, key E2B_API_KEY\n/);
    expect(stdout).not.toContain("secret-key");
  });

  it("tells programs the same as JSON, and is content when all that is required can be had", async () => {
    const { code, stdout } = await smoltools(["doctor", "--json", "--require", "quickjs", "--require", "e2b"], { env });
    expect(code).toBe(0);
    const told = JSON.parse(stdout) as { node: string; sandboxes: { kind: string; available: boolean }[] };
    expect(told).toMatchObject({ smoltools: expect.any(String) as string, node: process.versions.node });
    const available = Object.fromEntries(told.sandboxes.map((one) => [one.kind, one.available]));
    expect(available).toMatchObject({ quickjs: true, docker: false, e2b: true, modal: false, blaxel: false });
    expect(stdout).not.toContain("secret-key");
  });

  it("fails when a sandbox that is required cannot be had, and still shows what can", async () => {
    const { code, stdout, stderr } = await smoltools(["doctor", "--require", "quickjs", "--require", "docker"], {
      env,
    });
    expect(code).toBe(1);
    expect(stdout).toContain("yes  quickjs");
    expect(stderr).toMatch(/The sandbox docker cannot be had here: there is no Docker daemon.*\[SANDBOX_UNAVAILABLE\]/);
  });

  it("gives one JSON value also when it fails", async () => {
    const { code, stdout } = await smoltools(["doctor", "--json", "--require", "docker"], { env });
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      error: { code: "SANDBOX_UNAVAILABLE", data: { sandbox: "docker" } },
    });
  });

  it("knows no other names", async () => {
    const { code, stderr } = await smoltools(["doctor", "--require", "unsafe-in-process"], { env });
    expect(code).toBe(2);
    expect(stderr).toContain("the sandboxes are quickjs, process, python, docker, e2b, modal, blaxel");
  });
});
