/** So many texts of a run are sent one by one, at once: most runs print no more. */
const sentAtOnce = 50;
/** Longest time that further texts wait while the code is busy. */
const flushAfterMs = 20;

/** Collects what a run prints, and drops what is beyond the limit: the host cuts where it has to. */
export class Output {
  /** Most characters of one run. */
  limit = 0;
  readonly #send: (texts: readonly string[]) => void;
  #left = -1;
  #sent = 0;
  #texts: string[] = [];
  /** The line that has no end yet. */
  #rest = "";
  #flushedAt = 0;
  #scheduled = false;

  constructor(send: (texts: readonly string[]) => void) {
    this.#send = send;
  }

  open(): void {
    this.#left = this.limit;
    this.#sent = 0;
    this.#rest = "";
  }

  /** Sends a last line without an end, and drops everything that is printed from now on. */
  close(): void {
    if (this.#rest !== "") this.#print(this.#rest);
    this.flush();
    this.#left = -1;
  }

  /** Takes text that may end anywhere in a line. */
  write(text: string): void {
    if (this.#left < 0) return;
    const end = text.lastIndexOf("\n");
    if (end < 0) {
      // What is more will be cut.
      if (this.#rest.length <= this.#left) this.#rest += text;
      return;
    }
    this.#print(this.#rest + text.slice(0, end));
    this.#rest = text.slice(end + 1);
  }

  #print(text: string): void {
    if (this.#left < 0) return;
    // One character more than fits tells the host that something was cut.
    this.#texts.push(text.slice(0, this.#left + 1));
    this.#left -= text.length + 1;
    this.#sent += 1;
    if (this.#sent <= sentAtOnce || performance.now() - this.#flushedAt >= flushAfterMs) this.flush();
    else if (!this.#scheduled) {
      this.#scheduled = true;
      setImmediate(() => {
        this.#scheduled = false;
        this.flush();
      });
    }
  }

  flush(): void {
    this.#flushedAt = performance.now();
    if (this.#texts.length === 0) return;
    const texts = this.#texts;
    this.#texts = [];
    this.#send(texts);
  }
}
