import { Object } from "./builtins.ts";

/** Legacy numbers of the names that the shims use (Web IDL, section 4.3). */
const codes: Readonly<Record<string, number>> = {
  InvalidCharacterError: 5,
  NotSupportedError: 9,
  InvalidStateError: 11,
  TypeMismatchError: 17,
  AbortError: 20,
  QuotaExceededError: 22,
  TimeoutError: 23,
  DataCloneError: 25,
};

/** The error class of web APIs: told apart by `name`. */
export class DOMException extends Error {
  readonly code: number;

  constructor(message = "", name = "Error") {
    super(message);
    Object.defineProperty(this, "name", { value: name, configurable: true });
    this.code = codes[name] ?? 0;
  }
}
