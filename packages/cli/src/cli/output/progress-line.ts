import stringWidth from "fast-string-width";
import type { OutputStream } from "./output.ts";
import { printable } from "./printable.ts";

/** Says how far some work is: in words, and as a part of the whole where that is known. */
export type Step = (text: string, part?: number) => void;

/** Time until something shows, in milliseconds: what is over sooner would only flicker. */
const delayMs = 500;
const frameMs = 80;
const barWidth = 16;
const frames = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];
const clearLine = "\r\u001B[2K";

interface Task {
  title: string;
  text: string;
  part: number | undefined;
}

/**
 * The last line of a terminal, which shows what is under way: the innermost of several tasks.
 *
 * It never hides the cursor and touches no input, so there is nothing to put back however the process ends. Its timers
 * keep no process alive.
 */
export class ProgressLine {
  readonly #stream: OutputStream;
  readonly #paint: (text: string) => string;
  readonly #tasks: Task[] = [];
  #timer: NodeJS.Timeout | undefined;
  #isDue = false;
  #isDrawn = false;
  #hidden = 0;
  #frame = 0;

  /** @param paint - Colours the moving part. */
  constructor(stream: OutputStream, paint: (text: string) => string) {
    this.#stream = stream;
    this.#paint = paint;
  }

  /** Adds a task, which is shown until it ends. */
  begin(title: string): { step: Step; end: () => void } {
    const task: Task = { title: printable(title), text: "", part: undefined };
    this.#tasks.push(task);
    this.#timer ??= setTimeout(() => this.#due(), delayMs).unref();
    return {
      step: (text, part) => {
        task.text = printable(text);
        task.part = part;
      },
      end: () => {
        const index = this.#tasks.indexOf(task);
        if (index >= 0) this.#tasks.splice(index, 1);
        if (this.#tasks.length === 0) this.#stop();
      },
    };
  }

  /** Takes the line away, until {@link show} was called as often. */
  hide(): void {
    this.#hidden++;
    this.#clear();
  }

  show(): void {
    this.#hidden--;
    this.#draw();
  }

  #due(): void {
    this.#isDue = true;
    this.#timer = setInterval(() => {
      this.#frame++;
      this.#draw();
    }, frameMs).unref();
    this.#draw();
  }

  #stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#isDue = false;
    this.#clear();
  }

  #clear(): void {
    if (this.#isDrawn) this.#stream.write(clearLine);
    this.#isDrawn = false;
  }

  #draw(): void {
    const task = this.#tasks.at(-1);
    if (!this.#isDue || this.#hidden > 0 || !task) return;
    const { title, text, part } = task;
    const mark = frames[this.#frame % frames.length] ?? "";
    const line = [title, ...(part === undefined ? [] : [bar(part)]), text].filter((word) => word !== "").join(" ");
    // The last column stays free: a full line would move the cursor to the next.
    const room = Math.max(1, (this.#stream.columns ?? 80) - 3);
    this.#stream.write(`${clearLine}${this.#paint(mark)} ${cut(line, room)}`);
    this.#isDrawn = true;
  }
}

function bar(part: number): string {
  const done = Math.round(Math.min(1, Math.max(0, part)) * barWidth);
  return `${"█".repeat(done)}${"░".repeat(barWidth - done)}`;
}

/** The beginning of a text that has room in so many places of the terminal. */
function cut(text: string, room: number): string {
  if (stringWidth(text) <= room) return text;
  let shown = "";
  for (const character of text) {
    if (stringWidth(shown + character) >= room) break;
    shown += character;
  }
  return `${shown}…`;
}
