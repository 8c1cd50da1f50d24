import { Buffer } from "node:buffer";

/** Where the parts of a tagged stream go. */
export interface TaggedSinks {
  onOutput(chunk: Buffer): void;
  onErrorOutput(text: string): void;
}

type Sink = "stdout" | "stderr" | "none";

const tags: readonly (readonly [tag: string, sink: Sink])[] = [
  ["stdout:", "stdout"],
  ["stderr:", "stderr"],
  ["[keepalive]", "none"],
];
const lineFeed = 0x0a;

/**
 * Takes a stream apart in which each line begins with the name of the stream that it was written to.
 *
 * Holds no more than the beginning of a line: lines may be of any length.
 */
export class TaggedOutput {
  readonly #sinks: TaggedSinks;
  #head: Buffer = Buffer.alloc(0);
  /** Where the rest of the line goes; not known at its beginning. */
  #sink: Sink | undefined;

  constructor(sinks: TaggedSinks) {
    this.#sinks = sinks;
  }

  push(chunk: Buffer): void {
    let rest = this.#head.length > 0 ? Buffer.concat([this.#head, chunk]) : chunk;
    this.#head = Buffer.alloc(0);
    while (rest.length > 0) {
      if (this.#sink === undefined) {
        const end = rest.indexOf(lineFeed);
        const head = rest.subarray(0, end < 0 ? undefined : end).toString("latin1");
        if (end < 0 && tags.some(([tag]) => tag.startsWith(head))) {
          this.#head = rest;
          return;
        }
        const [tag, sink] = tags.find(([tag]) => head.startsWith(tag)) ?? ["", "stdout"];
        this.#sink = sink;
        rest = rest.subarray(tag.length);
      }
      const end = rest.indexOf(lineFeed);
      const line = end < 0 ? rest : rest.subarray(0, end + 1);
      if (line.length > 0) this.#emit(line, this.#sink);
      rest = rest.subarray(line.length);
      if (end >= 0) this.#sink = undefined;
    }
  }

  #emit(bytes: Buffer, sink: Sink): void {
    if (sink === "stdout") this.#sinks.onOutput(bytes);
    else if (sink === "stderr") this.#sinks.onErrorOutput(bytes.toString("utf8"));
  }
}
