import { createSocket } from "node:dgram";
import { promises as dns } from "node:dns";
import type { ResolveName } from "../pinned-lookup.ts";

/** A name server on the loopback interface, and what asks it. */
export interface TestDns extends AsyncDisposable {
  /** Names that were asked for, in order. */
  readonly questions: readonly string[];
  readonly resolve: ResolveName;
}

/**
 * Starts a name server for addresses of IPv4.
 *
 * @param answer - The addresses of a name, with the number of times that it was asked for before.
 */
export async function testDns(answer: (name: string, before: number) => readonly string[]): Promise<TestDns> {
  const questions: string[] = [];
  const socket = createSocket("udp4");
  socket.on("message", (query, from) => {
    const name = questionName(query);
    const addresses = answer(name, questions.filter((asked) => asked === name).length);
    questions.push(name);
    socket.send(answerTo(query, addresses), from.port, from.address);
  });
  await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
  const resolver = new dns.Resolver();
  resolver.setServers([`127.0.0.1:${socket.address().port}`]);
  return {
    questions,
    resolve: (hostname) => resolver.resolve4(hostname),
    async [Symbol.asyncDispose]() {
      resolver.cancel();
      await new Promise<void>((resolve) => socket.close(resolve));
    },
  };
}

/** The name in the question section (RFC 1035, section 4.1.2). */
function questionName(query: Buffer): string {
  const labels: string[] = [];
  for (let at = 12, length = query[at] ?? 0; length > 0; at += length + 1, length = query[at] ?? 0) {
    labels.push(query.toString("latin1", at + 1, at + 1 + length));
  }
  return labels.join(".");
}

/** Records of type A that live for no time at all (RFC 1035, sections 4.1.1 and 4.1.3). */
function answerTo(query: Buffer, addresses: readonly string[]): Buffer {
  const questionEnd = query.indexOf(0, 12) + 5;
  const header = Buffer.from(query.subarray(0, 12));
  header.writeUInt16BE(0x8180, 2);
  header.writeUInt16BE(addresses.length, 6);
  header.writeUInt32BE(0, 8);
  const records = addresses.map((address) =>
    Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4, ...address.split(".").map(Number)]),
  );
  return Buffer.concat([header, query.subarray(12, questionEnd), ...records]);
}
