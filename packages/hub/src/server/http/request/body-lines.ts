import { HubServerError } from "../../hub-server-error.ts";
import type { KeyedSemaphore } from "../../keyed-semaphore.ts";
import type { RequestBody } from "./request-body.ts";

const newline = 0x0a;

/** A line that is longer takes a place among the large ones. */
const largeLineBytes = 512 * 1024;

/** How lines are read. */
export interface LineLimits {
  /** Longest line. */
  maxLineBytes: number;
  /** Bounds the large lines that all requests together keep, until the next line is asked for. */
  gate: KeyedSemaphore;
  /** Ends the wait for a place among them. */
  signal: AbortSignal;
}

/**
 * The lines of a body, one at a time: no more than one line is kept. Empty lines are left out.
 *
 * @throws HubServerError `HUB_TOO_LARGE` that says which line is longer.
 */
export async function* bodyLines(
  body: RequestBody,
  { maxLineBytes, gate, signal }: LineLimits,
): AsyncGenerator<string> {
  const pieces: Buffer[] = [];
  let length = 0;
  let count = 1;
  let place: Disposable | undefined;
  try {
    for (let chunk = await body.next(); chunk; chunk = await body.next()) {
      let start = 0;
      for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, start)) {
        pieces.push(chunk.subarray(start, end));
        length += end - start;
        if (length > maxLineBytes) throw tooLong(count, maxLineBytes);
        // The pieces are let go before the line is handed out: a large file is in memory often enough as it is.
        const line = Buffer.concat(pieces.splice(0)).toString("utf8");
        length = 0;
        if (line !== "") yield line;
        place?.[Symbol.dispose]();
        place = undefined;
        count += 1;
        start = end + 1;
      }
      pieces.push(chunk.subarray(start));
      length += chunk.length - start;
      if (length > maxLineBytes) throw tooLong(count, maxLineBytes);
      // Nothing more is taken from the client meanwhile.
      if (length > largeLineBytes) place ??= await gate.enter("line", signal);
    }
    if (length > 0) yield Buffer.concat(pieces).toString("utf8");
  } finally {
    place?.[Symbol.dispose]();
  }
}

function tooLong(line: number, maxLineBytes: number): HubServerError {
  return new HubServerError(
    "HUB_TOO_LARGE",
    `Line ${line} of the commit is longer than ${maxLineBytes} bytes: the file in it is larger than this hub takes.`,
  );
}
