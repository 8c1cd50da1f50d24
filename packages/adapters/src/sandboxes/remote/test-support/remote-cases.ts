import type { SandboxProvider } from "@smoltools/core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { RemoteOptions } from "../remote-options.ts";
import type { MachinePark } from "./machine-park.ts";

/** A fake provider, as the tests use it. */
export interface FakeProvider extends AsyncDisposable {
  readonly machines: MachinePark;
  /** Answers requests for machines with an HTTP status, or what means the same. */
  refuse(status: number, message: string): void;
  /** Holds back the answers to requests for machines. */
  hold: Promise<void>;
}

/** A provider of sandboxes, and the fake that it talks to. */
export interface RemoteCase<Fake extends FakeProvider> {
  name: string;
  startFake(): Promise<Fake>;
  provide(fake: Fake, options?: RemoteOptions): SandboxProvider;
  /** The statuses of refusals, and what the message says. */
  refusals: readonly (readonly [status: number, said: RegExp])[];
}

/** What every provider of remote sandboxes does when something goes wrong on the way. */
export function testRemoteProvider<Fake extends FakeProvider>({
  name,
  startFake,
  provide,
  refusals,
}: RemoteCase<Fake>): void {
  describe(`the provider ${name}`, () => {
    let fake: Fake;
    beforeEach(async () => {
      fake = await startFake();
    });
    afterEach(() => fake[Symbol.asyncDispose]());

    it("gives each sandbox a machine, and ends it with the sandbox", async () => {
      const sandbox = await provide(fake).create();
      expect(fake.machines.alive).toBe(1);
      await sandbox.dispose();
      expect([fake.machines.created, fake.machines.alive]).toEqual([1, 0]);
    });

    it.each(refusals)("tells of a refusal with %i", async (status, said) => {
      fake.refuse(status, "because it is so");
      const creation = provide(fake).create();
      await expect(creation).rejects.toMatchObject({ code: "SANDBOX_UNAVAILABLE", message: said });
      await expect(creation).rejects.toThrow("because it is so");
    });

    it("reports a machine that is lost in a run, and gets another one for the next", async () => {
      await using sandbox = await provide(fake).create({
        functions: { lose: () => fake.machines.endAll() },
        variables: { given: "given" },
      });
      await sandbox.run("const own = 1;");
      expect(await sandbox.run("await lose(); await new Promise(() => {});")).toMatchObject({
        error: { code: "SANDBOX_CRASH" },
        stateLost: true,
      });
      expect(await sandbox.run("[given, typeof own]")).toMatchObject({
        value: ["given", "undefined"],
        stateLost: false,
      });
      expect(fake.machines.created).toBe(2);
    });

    it("reports a machine that was lost between two runs", async () => {
      await using sandbox = await provide(fake).create();
      await fake.machines.endAll();
      // The run that tells it may be the first on another machine, which takes its time to start.
      await expect.poll(async () => (await sandbox.run("1")).stateLost, { timeout: 15_000 }).toBe(true);
      expect(await sandbox.run("2")).toMatchObject({ value: 2 });
    });

    it("ends a guest's machine when the guest ends itself", async () => {
      await using sandbox = await provide(fake).create();
      const { error, stateLost } = await sandbox.run("process.exit(3)");
      expect([error?.code, error?.message.includes("code 3"), stateLost]).toEqual(["SANDBOX_CRASH", true, true]);
      await expect.poll(() => fake.machines.alive).toBe(0);
    });

    it("ends a machine that comes when nobody waits for it any more", async () => {
      const held = Promise.withResolvers<void>();
      fake.hold = held.promise;
      const controller = new AbortController();
      const creation = provide(fake).create({ signal: controller.signal });
      await expect.poll(() => fake.machines.created).toBe(1);
      controller.abort(new Error("enough"));
      await expect(creation).rejects.toThrow("enough");
      held.resolve();
      await expect.poll(() => fake.machines.alive).toBe(0);
    });

    it("gives up a machine that does not come in time, and ends it when it does come", async () => {
      const held = Promise.withResolvers<void>();
      fake.hold = held.promise;
      const creation = provide(fake, { startTimeoutMs: 200 }).create();
      await expect(creation).rejects.toMatchObject({ code: "SANDBOX_UNAVAILABLE", message: /within 200 ms/ });
      held.resolve();
      await expect.poll(() => fake.machines.alive).toBe(0);
    });

    it("runs Python, whose functions of the host are plain functions", async () => {
      await using sandbox = await provide(fake, { language: "python" }).create({
        functions: { double: ([n]) => 2 * Number(n) },
      });
      expect(sandbox.language).toBe("python");
      await sandbox.run("kept = double(20)");
      expect(await sandbox.run("print('é'); kept + 2")).toMatchObject({ value: 42, output: "é" });
    });

    it("sends large values in both directions", async () => {
      await using sandbox = await provide(fake).create({ functions: { echo: ([text]) => text } });
      const code = "const text = 'é\\n'.repeat(1_000_000); (await echo(text)) === text";
      expect(await sandbox.run(code)).toMatchObject({ value: true });
    });
  });
}
