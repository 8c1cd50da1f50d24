import process from "node:process";
import { Writable } from "node:stream";

/** Where messages are written, for as long as it is not disposed of. */
export interface ProtocolStream extends Disposable {
  readonly stream: Writable;
}

/** Keeps standard output for messages: what others write to it goes to standard error. */
export function takeStdout(): ProtocolStream {
  const { stdout, stderr } = process;
  const write = stdout.write.bind(stdout);
  const ownWrite = Object.getOwnPropertyDescriptor(stdout, "write");
  stdout.write = stderr.write.bind(stderr);
  const stream = new Writable({
    decodeStrings: false,
    write(chunk: string | Uint8Array, encoding, done) {
      write(chunk, encoding, (error) => done(error));
    },
  });
  return {
    stream,
    [Symbol.dispose]() {
      if (ownWrite) Object.defineProperty(stdout, "write", ownWrite);
      else Reflect.deleteProperty(stdout, "write");
    },
  };
}
