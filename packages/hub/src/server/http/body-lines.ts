import { HubServerError } from "../hub-server-error.ts";
import type { RequestBody } from "./request-body.ts";

const newline = 0x0a;

/**
 * The lines of a body, one at a time: no more than one line is kept. Empty lines are left out.
 *
 * @param maxLineBytes - Longest line.
 * @throws HubServerError `HUB_TOO_LARGE` that says which line is longer.
 */
export async function* bodyLines(body: RequestBody, maxLineBytes: number): AsyncGenerator<string> {
  let pieces: Buffer[] = [];
  let length = 0;
  let count = 1;
  for (let chunk = await body.next(); chunk; chunk = await body.next()) {
    let start = 0;
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, start)) {
      const line = Buffer.concat([...pieces, chunk.subarray(start, end)]);
      if (line.length > maxLineBytes) throw tooLong(count, maxLineBytes);
      if (line.length > 0) yield line.toString("utf8");
      pieces = [];
      length = 0;
      count += 1;
      start = end + 1;
    }
    pieces.push(chunk.subarray(start));
    length += chunk.length - start;
    if (length > maxLineBytes) throw tooLong(count, maxLineBytes);
  }
  if (length > 0) yield Buffer.concat(pieces).toString("utf8");
}

function tooLong(line: number, maxLineBytes: number): HubServerError {
  return new HubServerError(
    "HUB_TOO_LARGE",
    `Line ${line} of the commit is longer than ${maxLineBytes} bytes: the file in it is larger than this hub takes.`,
  );
}
