import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { connectDaemon } from "./docker-daemon.ts";
import { ensureImage } from "./ensure-image.ts";
import { docker } from "./index.ts";
import { openRegistry } from "./test-support/local-registry.ts";
import { dockerHint, image } from "./test-support/needs-docker.ts";

async function removeImage(name: string): Promise<void> {
  const client = await connectDaemon();
  await client.request({ method: "DELETE", path: `/images/${name}`, query: { force: "1" } });
}

describe.skipIf(dockerHint)("an image", () => {
  test("is not pulled unasked: the error says how", async () => {
    await using registry = await openRegistry();
    const name = `${registry.address}/tiny:1`;
    await expect(docker({ image: name }).create()).rejects.toMatchObject({
      code: "SANDBOX_UNAVAILABLE",
      message: expect.stringContaining(`run "docker pull ${name}", or pass pull: true`),
    });
  });

  test("is pulled when that is asked for, once", async () => {
    const client = await connectDaemon();
    await using registry = await openRegistry();
    const name = `${registry.address}/tiny:1`;
    await ensureImage(client, name, true);
    await registry[Symbol.asyncDispose]();
    // The registry is gone: what is there needs none.
    await expect(ensureImage(client, name, true)).resolves.toBeUndefined();
    await removeImage(name);
  });

  test("that the registry does not have is an error which names it", async () => {
    await using registry = await openRegistry();
    const name = `${registry.address}/tiny:2`;
    await expect(ensureImage(await connectDaemon(), name, true)).rejects.toThrow(`${name} could not be pulled`);
  });

  test("without the runtime is refused with what it needs", async () => {
    await using registry = await openRegistry();
    const name = `${registry.address}/tiny:1`;
    await expect(docker({ image: name, pull: true }).create()).rejects.toMatchObject({
      code: "SANDBOX_UNAVAILABLE",
      message: expect.stringContaining("does not have Node 22.15 or later as node"),
    });
    await removeImage(name);
  });

  test("with volumes is refused: they would be writable", async () => {
    const name = "smoltools-test:volumes";
    execFileSync("docker", ["import", "--change", "VOLUME /data", "-", name], { input: Buffer.alloc(1024) });
    await expect(docker({ image: name }).create()).rejects.toMatchObject({
      code: "SANDBOX_UNAVAILABLE",
      message: expect.stringContaining("volumes (/data)"),
    });
    await removeImage(name);
  });

  test("runs with the default runtime when that is named, and not with an unknown one", async () => {
    await using sandbox = await docker({ image, runtime: "runc" }).create();
    expect((await sandbox.run("1 + 1")).value).toBe(2);
    await expect(docker({ image, runtime: "no-such-runtime" }).create()).rejects.toMatchObject({
      code: "SANDBOX_UNAVAILABLE",
      message: expect.stringContaining("no-such-runtime"),
    });
  });
});
