import { heldEnd } from "./held-end.ts";

/**
 * Where an answer holds thoughts between `<think>` and `</think>`, as local models write them whose server does not
 * take them out:
 *
 * - `"auto"`: in an answer that begins with `<think>`. Later ones are text, for they may be what the model talks about.
 * - `"implied"`: an answer begins with thoughts, because the prompt template has already written `<think>`.
 * - `"none"`: nowhere.
 */
export type ThinkTags = "auto" | "implied" | "none";

/** A piece of an answer, told apart. */
interface Piece {
  type: "text" | "reasoning";
  text: string;
}

const open = "<think>";
const close = "</think>";

/** More white space than any template puts before the tag: whoever writes on is not waited for. */
const longestSpace = 256;

/** Tells the thoughts at the beginning of an answer from the answer itself, whatever the pieces it arrives in. */
export class ThinkSplitter {
  #state: "start" | "thoughts" | "answer" = "start";
  /** What an answer begins with that does not begin with the tag. */
  readonly #otherwise: "thoughts" | "answer";
  #held = "";
  /** True where white space is to be left out: around the tags it is the template's, not the model's. */
  #trims = false;

  /** @param implied - True when the answer begins within the thoughts. */
  constructor(implied: boolean) {
    this.#otherwise = implied ? "thoughts" : "answer";
  }

  /** Takes the next piece of text. */
  push(text: string): Piece[] {
    const pieces: Piece[] = [];
    this.#held += text;
    if (this.#state === "start") this.#takeStart();
    if (this.#state === "thoughts") this.#takeThoughts(pieces);
    if (this.#state === "answer") this.#give(pieces, "text", this.#held.length);
    return pieces;
  }

  /** Gives up what is held back: what comes next is no text, or nothing. */
  flush(): Piece[] {
    const pieces: Piece[] = [];
    if (this.#state === "start" && this.#held !== "") this.#enter(this.#otherwise);
    this.#give(pieces, this.#state === "thoughts" ? "reasoning" : "text", this.#held.length);
    return pieces;
  }

  #takeStart(): void {
    const begun = this.#held.trimStart();
    if (begun.startsWith(open)) {
      this.#held = begun.slice(open.length);
      this.#enter("thoughts");
    } else if (!open.startsWith(begun) || this.#held.length > longestSpace) {
      this.#enter(this.#otherwise);
    }
  }

  #takeThoughts(pieces: Piece[]): void {
    const end = this.#held.indexOf(close);
    if (end === -1) {
      this.#give(pieces, "reasoning", this.#held.length - heldEnd(this.#held, [close]));
      return;
    }
    this.#give(pieces, "reasoning", end);
    this.#held = this.#held.slice(close.length);
    this.#enter("answer");
  }

  #enter(state: "thoughts" | "answer"): void {
    this.#trims = state === "thoughts" || this.#state === "thoughts";
    this.#state = state;
  }

  /** Moves the beginning of what is held to the pieces. */
  #give(pieces: Piece[], type: Piece["type"], length: number): void {
    const given = this.#held.slice(0, length);
    this.#held = this.#held.slice(length);
    const text = this.#trims ? given.trimStart() : given;
    if (text === "") return;
    this.#trims = false;
    pieces.push({ type, text });
  }
}
