import type { EventEmitter } from "node:events";
import { createServer as createHttpServer, type RequestListener } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from "node:net";
import type { TestCertificate } from "./certificate.ts";

/** A server on the loopback interface. */
export interface TestServer extends AsyncDisposable {
  readonly port: number;
  /** `127.0.0.1` and the port. */
  readonly host: string;
  readonly url: string;
}

/** Starts a server of HTTP. */
export async function serve(listener: RequestListener): Promise<TestServer> {
  const server = createHttpServer(listener);
  return listen(server, () => server.closeAllConnections());
}

/** Starts a server of HTTPS; its `url` is of no use, since nobody vouches for an address. */
export async function serveSecurely(certificate: TestCertificate, listener: RequestListener): Promise<TestServer> {
  const server = createHttpsServer({ ...certificate }, listener);
  return listen(server, () => server.closeAllConnections());
}

/** Starts a server that says whatever it likes, as soon as a request begins. */
export async function serveRaw(onRequest: (socket: Socket) => void): Promise<TestServer> {
  const sockets = new Set<Socket>();
  const server = createTcpServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.once("data", () => onRequest(socket));
  });
  return listen(server, () => {
    for (const socket of sockets) socket.destroy();
  });
}

/** Settles when a connection or an answer is closed, in good order or not. */
export function closing(closable: EventEmitter): Promise<void> {
  return new Promise((resolve) => closable.once("close", () => resolve()));
}

async function listen(server: Server, closeConnections: () => void): Promise<TestServer> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const host = `127.0.0.1:${port}`;
  return {
    port,
    host,
    url: `http://${host}`,
    async [Symbol.asyncDispose]() {
      closeConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
