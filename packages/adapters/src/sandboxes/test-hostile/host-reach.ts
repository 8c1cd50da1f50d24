import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type ListenOptions, type Server } from "node:net";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import process from "node:process";
import type { HostileReach } from "@smoltools/core/testing";

/**
 * Opens places of this machine for hostile programs to reach, for anybody who sees them: sockets and a file, which note
 * who comes, and a variable in the environment of this process and of another one. All are gone after the disposal.
 */
export async function openHostReach(): Promise<HostileReach & AsyncDisposable> {
  const secret = randomBytes(16).toString("hex");
  const folder = mkdtempSync(join(tmpdir(), "smoltools-hostile-"));
  const secretFile = join(folder, "secret.txt");
  const unixSocket = join(folder, "socket");
  const secretEnvironmentName = `SMOLTOOLS_SECRET_${randomBytes(4).toString("hex").toUpperCase()}`;
  const abstractSocket = basename(folder);
  const touched: string[] = [];

  const listen = async (what: string, options: ListenOptions): Promise<Server> => {
    const server = createServer((socket) => {
      touched.push(`somebody connected to ${what}`);
      socket.on("error", () => {}).destroy();
    });
    server.listen(options);
    await once(server, "listening");
    return server;
  };
  const tcp = await listen("the TCP port", { host: "127.0.0.1", port: 0 });
  const servers = [tcp, await listen("the Unix socket", { path: unixSocket })];
  if (process.platform === "linux") {
    servers.push(await listen("the abstract socket", { path: `\0${abstractSocket}` }));
  }
  const udp = createSocket("udp4", () => touched.push("somebody sent a datagram"));
  udp.bind(0, "127.0.0.1");
  await once(udp, "listening");

  writeFileSync(secretFile, secret);
  for (const path of [folder, secretFile, unixSocket]) chmodSync(path, 0o777);
  process.env[secretEnvironmentName] = secret;
  // The kernel shows the environment that a process was started with. This one ends with its input, as with the tests.
  const neighbour = spawn(process.execPath, ["-e", "process.stdin.resume()"], {
    env: { [secretEnvironmentName]: secret },
    stdio: ["pipe", "ignore", "ignore"],
  });
  await once(neighbour, "spawn");
  const files = readdirSync(folder);

  return {
    target: {
      tcpPort: portOf(tcp.address()),
      udpPort: udp.address().port,
      unixSocket,
      abstractSocket,
      secretFile,
      secretEnvironmentName,
      hostPid: neighbour.pid ?? process.pid,
    },
    secret,
    touched: () => [
      ...touched,
      ...readdirSync(folder)
        .filter((file) => !files.includes(file))
        .map((file) => `there is a file ${file}`),
    ],
    [Symbol.asyncDispose]: async () => {
      Reflect.deleteProperty(process.env, secretEnvironmentName);
      neighbour.kill("SIGKILL");
      udp.close();
      for (const server of servers) server.close();
      rmSync(folder, { recursive: true });
    },
  };
}

function portOf(address: ReturnType<Server["address"]>): number {
  if (typeof address !== "object" || address === null) throw new Error("the server has no port");
  return address.port;
}
