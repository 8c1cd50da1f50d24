import { Error } from "./builtins.ts";
import { refuseCalls } from "./calls.ts";
import { checkLength, encode } from "./encode.ts";
import { setName } from "./errors.ts";
import { host } from "./host.ts";

let answered = false;

/** Forgets the answer of the run before. */
export function resetFinalAnswer(): void {
  answered = false;
}

/** Records the answer and ends the code. Only the first answer of a run counts. */
export function finalAnswer(value: unknown): never {
  if (!answered) {
    const json = encode(value, "finalAnswer: its value");
    checkLength(json, "maxResultBytes", "finalAnswer: its value");
    answered = true;
    refuseCalls("finalAnswer has ended the code");
    host.answer(json);
  }
  const end = new Error("finalAnswer ends the code here");
  setName(end, "FinalAnswer");
  throw end;
}
