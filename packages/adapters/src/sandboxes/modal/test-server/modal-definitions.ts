import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { compileFunction } from "node:vm";

/** Definition of a service, as generated from its `.proto`. */
export interface ServiceDefinition {
  methods: Readonly<Record<string, { name: string }>>;
}

/** A server of gRPC. It wants all methods of a service to be there. */
export interface GrpcServer {
  add(definition: ServiceDefinition, implementation: object): void;
  listen(address: string): Promise<number>;
  forceShutdown(): void;
}

/** What `nice-grpc`, the library that Modal's is built on, offers. */
export interface Grpc {
  createServer(): GrpcServer;
  ServerError: new (status: number, details: string) => Error;
}

/** The definitions of Modal's services, and the library of gRPC that they are for. */
export interface ModalDefinitions {
  control: ServiceDefinition;
  commandRouter: ServiceDefinition;
  grpc: Grpc;
}

/**
 * Reads the definitions of Modal's services out of its library, which holds them and does not export them: so both ends
 * agree on every field of every message.
 */
export function modalDefinitions(): ModalDefinitions {
  const filename = join(dirname(createRequire(import.meta.url).resolve("modal")), "index.cjs");
  const source = `${readFileSync(filename, "utf8")}
return { control: ModalClientDefinition, commandRouter: TaskCommandRouterDefinition };`;
  const ownRequire = createRequire(filename);
  const run = compileFunction(source, ["require", "module", "exports"], { filename });
  const definitions = run(ownRequire, { exports: {} }, {}) as Omit<ModalDefinitions, "grpc">;
  return { ...definitions, grpc: ownRequire("nice-grpc") as Grpc };
}
