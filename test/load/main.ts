// The full load test: node --conditions=@smoltools/source test/load/main.ts [publishers] [readers] [versions]
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { verifyStorage } from "@smoltools/hub/server";
import { startChild } from "../hub-server/child-hub.ts";
import { type Latencies, runLoad } from "./hub-load.ts";

const [publishers = 50, readers = 200, versions = 10] = process.argv.slice(2).map(Number);
const largeBytes = 256 * 1024;
const root = await mkdtemp(join(tmpdir(), "hub-load-"));
try {
  const hub = await startChild(root);
  const report = await runLoad(hub, { publishers, readers, versions, largeBytes });
  await hub[Symbol.asyncDispose]();
  const { problems, commits, releases } = await verifyStorage(root);
  const megabytes = (bytes: number) => `${Math.round(bytes / 2 ** 20)} MiB`;
  const line = (name: string, { count, p50, p99, max }: Latencies) =>
    `${name}: ${count} in ${report.seconds.toFixed(1)} s, p50 ${p50} ms, p99 ${p99} ms, longest ${max} ms`;
  const { before, peak, after } = report.memory;
  process.stdout.write(
    [
      `${publishers} publishers, ${readers} readers, Node.js ${process.version}`,
      line("publish (5 small files, one of 256 KiB, and a tag)", report.publish),
      line("read (refs, tree, two files)", report.read),
      `memory of the hub: ${megabytes(before)} before, ${megabytes(peak)} at most, ${megabytes(after)} after`,
      `left on disk: ${commits} commits, ${releases} releases, ${problems.length} problems`,
      "",
    ].join("\n"),
  );
  process.exitCode = problems.length === 0 ? 0 : 1;
} finally {
  await rm(root, { recursive: true, force: true });
}
