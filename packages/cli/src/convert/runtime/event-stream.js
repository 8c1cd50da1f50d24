// Server-sent events. https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream

/**
 * Reads the events of a stream. One that is not finished when the stream ends is none.
 *
 * @param {AsyncIterable<string>} texts - The stream, in pieces of any length.
 * @returns {AsyncGenerator<{ event: string, data: string, id?: string, retryMs?: number }>}
 */
export async function* events(texts) {
  let fields = newFields();
  for await (const line of lines(texts)) {
    if (line === "") {
      if (fields.data.length > 0 || fields.id !== undefined) yield eventOf(fields);
      fields = newFields();
      continue;
    }
    const colon = line.indexOf(":");
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (name === "data") fields.data.push(value);
    else if (name === "event") fields.event = value;
    else if (name === "id" && !value.includes("\0")) fields.id = value;
    else if (name === "retry" && /^\d{1,9}$/.test(value)) fields.retryMs = Number(value);
  }
}

/** Lines end with a line feed, a carriage return, or both, which may come in two pieces. */
async function* lines(texts) {
  let begun = [];
  let isHalf = false;
  for await (const text of texts) {
    if (text === "") continue;
    const rest = isHalf && text.startsWith("\n") ? text.slice(1) : text;
    isHalf = text.endsWith("\r");
    const [first, ...others] = rest.split(/\r\n|\n|\r/);
    begun.push(first);
    for (const other of others) {
      yield begun.join("");
      begun = [other];
    }
  }
}

function newFields() {
  return { event: "", data: [], id: undefined, retryMs: undefined };
}

function eventOf({ event, data, ...more }) {
  return { event: event || "message", data: data.join("\n"), ...more };
}
