/** One event of a stream. */
export interface ServerSentEvent {
  /** The event's type, `"message"` when the server names none. */
  event: string;
  data: string;
}

/**
 * Parses a stream of server-sent events, whatever the pieces it arrives in.
 *
 * Deviates from the standard where servers do: an event without its closing blank line counts at the end of the
 * stream, and a field named `error` (llama.cpp until 2025) is an event of that type instead of being ignored. That,
 * and Node 20, which the current line of `eventsource-parser` has left behind, is why no library does this.
 * Source: https://html.spec.whatwg.org/multipage/server-sent-events.html, section "Interpreting an event stream".
 */
export class EventStreamParser {
  /** Pieces of the line that is not complete yet, joined once it is: joining at each piece would be quadratic. */
  #fragments: string[] = [];
  #afterCarriageReturn = false;
  #event = "";
  #data: string[] = [];

  /**
   * Takes the next piece of the stream.
   *
   * @returns The events that are complete with it.
   */
  push(text: string): ServerSentEvent[] {
    if (text === "") return [];
    const events: ServerSentEvent[] = [];
    let start = this.#afterCarriageReturn && text.startsWith("\n") ? 1 : 0;
    this.#afterCarriageReturn = false;
    let lineFeed = text.indexOf("\n", start);
    let carriageReturn = text.indexOf("\r", start);
    while (lineFeed !== -1 || carriageReturn !== -1) {
      const atReturn = carriageReturn !== -1 && (lineFeed === -1 || carriageReturn < lineFeed);
      const end = atReturn ? carriageReturn : lineFeed;
      this.#takeLine(text.slice(start, end), events);
      start = end + 1;
      if (atReturn) {
        if (lineFeed === start) start += 1;
        else if (start === text.length) this.#afterCarriageReturn = true;
        carriageReturn = text.indexOf("\r", start);
      }
      if (lineFeed !== -1 && lineFeed < start) lineFeed = text.indexOf("\n", start);
    }
    if (start < text.length) this.#fragments.push(text.slice(start));
    return events;
  }

  /**
   * Ends the stream.
   *
   * @returns The event that lacked its blank line, if there was one.
   */
  end(): ServerSentEvent[] {
    const events: ServerSentEvent[] = [];
    if (this.#fragments.length > 0) this.#takeLine("", events);
    this.#takeLine("", events);
    return events;
  }

  #takeLine(tail: string, events: ServerSentEvent[]): void {
    let line = tail;
    if (this.#fragments.length > 0) {
      line = this.#fragments.join("") + tail;
      this.#fragments = [];
    }
    if (line === "") {
      if (this.#data.length > 0) events.push({ event: this.#event || "message", data: this.#data.join("\n") });
      this.#event = "";
      this.#data = [];
      return;
    }
    const colon = line.indexOf(":");
    const name = colon === -1 ? line : line.slice(0, colon);
    const value = colon === -1 ? "" : line.slice(line[colon + 1] === " " ? colon + 2 : colon + 1);
    if (name === "data") this.#data.push(value);
    else if (name === "event") this.#event = value;
    else if (name === "error") {
      this.#event = "error";
      this.#data.push(value);
    }
  }
}
