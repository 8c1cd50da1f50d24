import { Buffer } from "node:buffer";
import { setTimeout as sleep } from "node:timers/promises";
import type { LocalMachine } from "../../remote/test-support/local-machine.ts";
import { MachinePark } from "../../remote/test-support/machine-park.ts";
import type { FakeProvider } from "../../remote/test-support/remote-cases.ts";
import { type GrpcServer, modalDefinitions, type ServiceDefinition } from "./modal-definitions.ts";
import { Program } from "./program.ts";

export const tokenId = "ak-0123456789abcdef";
export const tokenSecret = "as-0123456789abcdef0123456789abcdef";

const { control, commandRouter, grpc } = modalDefinitions();
const status = { notFound: 5, unimplemented: 12, unauthenticated: 16 };
/** What HTTP calls it, as gRPC does. */
const statuses = new Map([
  [401, 16],
  [403, 7],
  [429, 8],
]);
const success = 1;
const terminated = 3;
const fileTool = "/__modal/.bin/modal-sandbox-fs-tools";

/** What the request for a machine said. */
export interface CreateRequest {
  definition: { timeoutSecs: number; networkAccess: { networkAccessType: number } };
}

interface CallContext {
  metadata: { get(name: string): string | undefined };
  signal: AbortSignal;
}

/**
 * A local Modal: the calls of gRPC to its control plane and to the command router of a machine that the library makes
 * for `apps.fromName`, `sandboxes.create`, `wait` and `terminate`, `filesystem.writeText` and `exec`.
 */
export class ModalServer implements FakeProvider {
  readonly machines: MachinePark = new MachinePark();
  readonly created: CreateRequest[] = [];
  /** The image of the last machine, as a command of Docker. */
  image: string | undefined;
  hold: Promise<void> = Promise.resolve();
  #refusal: { status: number; message: string } | undefined;
  readonly #programs = new Map<string, Program>();
  readonly #server: GrpcServer = grpc.createServer();
  #port = 0;

  static async start(): Promise<ModalServer> {
    const server = new ModalServer();
    server.#server.add(control, complete(control, server.#controlPlane()));
    server.#server.add(commandRouter, complete(commandRouter, server.#commandRouter()));
    server.#port = await server.#server.listen("127.0.0.1:0");
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  refuse(status: number, message: string): void {
    this.#refusal = { status: statuses.get(status) ?? status, message };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.machines.endAll();
    this.#server.forceShutdown();
  }

  #controlPlane(): object {
    return {
      authTokenGet: (_request: object, { metadata }: CallContext) => {
        const given = metadata.get("x-modal-token-secret");
        if (given !== tokenSecret) throw new grpc.ServerError(status.unauthenticated, `no such token: ${given}`);
        return { token: `e30.${Buffer.from(JSON.stringify({ exp: Date.now() / 1000 + 3600 })).toString("base64")}.x` };
      },
      appGetOrCreate: () => ({ appId: "ap-1" }),
      environmentGetOrCreate: () => ({
        environmentId: "en-1",
        metadata: { settings: { imageBuilderVersion: "2025.06" } },
      }),
      imageGetOrCreate: ({ image }: { image: { dockerfileCommands: string[] } }) => {
        this.image = image.dockerfileCommands.join("\n");
        return { imageId: "im-1", result: { status: success } };
      },
      sandboxCreateV2: async (request: CreateRequest) => {
        if (this.#refusal) throw new grpc.ServerError(this.#refusal.status, this.#refusal.message);
        this.created.push(request);
        const taskId = `ta-${this.created.length}`;
        this.machines.add(taskId);
        await this.hold;
        // Machines are known by one name in the control plane and by another in the command router.
        const commandRouterAccess = { url: this.url.replace("http:", "https:"), jwt: "e30.e30.x" };
        return { sandboxId: `sb-${taskId}-v2`, taskId, commandRouterAccess };
      },
      sandboxTerminateV2: async ({ sandboxId }: { sandboxId: string }) => {
        await this.machines.end(taskOf(sandboxId));
        return {};
      },
      sandboxWaitV2: async (
        { sandboxId, timeout }: { sandboxId: string; timeout: number },
        { signal }: CallContext,
      ) => {
        const until = performance.now() + 1000 * timeout;
        while (this.machines.get(taskOf(sandboxId)) && performance.now() < until && !signal.aborted) await sleep(20);
        return this.machines.get(taskOf(sandboxId)) ? {} : { result: { status: terminated } };
      },
    };
  }

  #commandRouter(): object {
    return {
      taskExecStart: ({ taskId, execId, commandArgs }: { taskId: string; execId: string; commandArgs: string[] }) => {
        const machine = this.#machine(taskId);
        this.#programs.set(
          execId,
          commandArgs[0] === fileTool ? fileWriter(machine, commandArgs[1]) : Program.start(machine, commandArgs),
        );
        return {};
      },
      taskExecStdinWrite: async ({ execId, offset, data }: { execId: string; offset: number; data: Uint8Array }) => {
        await this.#program(execId).write(offset, data);
        return {};
      },
      taskExecStdinWriteStream: async (requests: AsyncIterable<StdinPart>) => {
        let program: Program | undefined;
        let offset = 0;
        for await (const { start, data, end } of requests) {
          if (start) {
            program = this.#program(start.execId);
            offset = start.offset;
          }
          if (data) await program?.write(offset, data);
          offset += data?.length ?? 0;
          if (end) await program?.endInput();
        }
        return {};
      },
      taskExecStdioRead: ({
        execId,
        fileDescriptor,
        offset,
      }: {
        execId: string;
        fileDescriptor: number;
        offset: number;
      }) => this.#program(execId).read(fileDescriptor === 0 ? "stdout" : "stderr", offset),
      taskExecWait: async ({ execId }: { execId: string }) => ({ code: await this.#program(execId).exitCode }),
    };
  }

  #machine(taskId: string): LocalMachine {
    const machine = this.machines.get(taskId);
    if (!machine) throw new grpc.ServerError(status.notFound, `no task ${taskId}`);
    return machine;
  }

  #program(execId: string): Program {
    const program = this.#programs.get(execId);
    if (!program) throw new grpc.ServerError(status.notFound, `no exec ${execId}`);
    return program;
  }
}

/** Refuses the methods that are not implemented. */
function complete({ methods }: ServiceDefinition, implementation: object): object {
  const refusing = Object.entries(methods).map(([key, { name }]) => [
    key,
    () => {
      throw new grpc.ServerError(status.unimplemented, `no ${name}`);
    },
  ]);
  return { ...Object.fromEntries(refusing), ...implementation };
}

interface StdinPart {
  start?: { execId: string; offset: number };
  data?: Uint8Array;
  end?: object;
}

function taskOf(sandboxId: string): string {
  return sandboxId.replace(/^sb-(.*)-v2$/, "$1");
}

/** The program with which the library writes files: its argument says where, its standard input what. */
function fileWriter(machine: LocalMachine, argument: string | undefined): Program {
  const { WriteFile } = JSON.parse(argument ?? "") as { WriteFile: { path: string } };
  return Program.reader((bytes) => machine.writeFile(WriteFile.path, bytes));
}
