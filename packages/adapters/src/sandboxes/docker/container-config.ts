import type { DockerSettings } from "./docker-options.ts";

/** What a container needs beyond what all of them have. */
export interface ContainerContents {
  /** The program and its arguments. */
  command: readonly string[];
  environment: Readonly<Record<string, string>>;
  /** All that its processes and its files in memory may take. */
  memoryBytes: number;
  /** How much of it each process may take as data, where a program fails better by that than by being killed. */
  dataBytes?: number;
  labels: Readonly<Record<string, string>>;
}

const megabyte = 1024 * 1024;
/** Where the guest's own program is put. */
export const guestFolder = "/guest";
const guestBytes = 4 * megabyte;
/** How much the code may write. It counts as memory of the container. */
const scratchBytes = 64 * megabyte;
/** Open files of a process. */
const maxFiles = 1024;

/**
 * The container of a sandbox, as the Engine API takes it: no network, nothing writable but two folders in memory, an
 * ordinary user without any capability, and a limit on everything that a container can use up.
 *
 * Docker's own seccomp profile and masked paths stay as they are.
 */
export function containerConfig(settings: DockerSettings, contents: ContainerContents): object {
  const { image, user, cpus, pidsLimit, runtime } = settings;
  const { command, environment, memoryBytes, dataBytes, labels } = contents;
  // Owned by the user, because the runtime gives a folder the mode that it has in the image.
  const inMemory = `rw,nosuid,nodev,noexec,mode=0700,uid=${user},gid=${user}`;
  return {
    Image: image,
    // The image's own entry point is no part of this.
    Entrypoint: command.slice(0, 1),
    Cmd: command.slice(1),
    Env: Object.entries({ HOME: "/tmp", ...environment }).map(([name, value]) => `${name}=${value}`),
    User: `${user}:${user}`,
    WorkingDir: "/tmp",
    Hostname: "sandbox",
    Labels: labels,
    Healthcheck: { Test: ["NONE"] },
    Tty: false,
    OpenStdin: true,
    // The container's input ends with the connection that feeds it.
    StdinOnce: true,
    AttachStdin: true,
    AttachStdout: true,
    AttachStderr: true,
    NetworkDisabled: true,
    HostConfig: {
      // A first process that passes on signals, and ends the container with the guest, however the guest ends.
      Init: true,
      AutoRemove: true,
      NetworkMode: "none",
      // No shared memory at all.
      IpcMode: "none",
      ReadonlyRootfs: true,
      Tmpfs: {
        "/tmp": `${inMemory},size=${scratchBytes}`,
        [guestFolder]: `${inMemory},size=${guestBytes}`,
      },
      Memory: memoryBytes,
      // The sum of memory and swap: no swap.
      MemorySwap: memoryBytes,
      NanoCpus: Math.round(cpus * 1e9),
      PidsLimit: pidsLimit,
      Ulimits: [
        limit("core", 0),
        limit("nofile", maxFiles),
        ...(dataBytes === undefined ? [] : [limit("data", dataBytes)]),
      ],
      CapDrop: ["ALL"],
      SecurityOpt: ["no-new-privileges"],
      Privileged: false,
      // What the code prints must not fill the daemon's disk.
      LogConfig: { Type: "none" },
      ...(runtime !== undefined && { Runtime: runtime }),
    },
  };
}

function limit(name: string, value: number): object {
  return { Name: name, Soft: value, Hard: value };
}
