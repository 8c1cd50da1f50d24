const brand: unique symbol = Symbol.for("smoltools.error@1");

/**
 * Characters that steer a terminal, or turn the direction of a text. Messages quote what strangers wrote, and are shown as
 * they are.
 */
const steering = /(?![\n\t])[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}]/gu;

/** Options of {@link SmoltoolsError}. */
export interface SmoltoolsErrorOptions<Code extends string, Data extends object> {
  /** Stable identifier in SCREAMING_SNAKE_CASE. Part of the public API: it never changes its meaning. */
  code: Code;
  /** Facts that belong to the error, safe to print: never a secret. */
  data?: Data;
  /** The error that led to this one. */
  cause?: unknown;
}

/**
 * The base of every error that smoltools throws on purpose.
 *
 * The message says what happened and what to do next; programs branch on `code`. Errors are recognised by a
 * brand, not by their class, because two copies of a package can meet in one program: use {@link isSmoltoolsError}.
 */
export class SmoltoolsError<Code extends string = string, Data extends object = object> extends Error {
  /** Stable identifier of the kind of error. */
  readonly code: Code;
  /** Facts that belong to the error. */
  readonly data: Data;
  /** @internal */
  readonly [brand] = true;

  constructor(message: string, options: SmoltoolsErrorOptions<Code, Data>) {
    super(
      message.replaceAll("\r\n", "\n").replace(steering, "\ufffd"),
      options.cause === undefined ? undefined : { cause: options.cause },
    );
    this.name = new.target.name;
    this.code = options.code;
    this.data = options.data ?? ({} as Data);
  }

  /** True for errors of any copy of smoltools. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    // Subclasses keep their identity: only the base class answers for every branded error.
    return this === SmoltoolsError ? isSmoltoolsError(value) : Function.prototype[Symbol.hasInstance].call(this, value);
  }
}

/**
 * Tells whether a value is an error of smoltools, and of this code if one is given.
 *
 * @param value - Anything that was caught.
 * @param code - The code it must have.
 */
export function isSmoltoolsError<Code extends string>(value: unknown, code?: Code): value is SmoltoolsError<Code> {
  if (typeof value !== "object" || value === null || !(brand in value)) return false;
  return code === undefined || (value as unknown as SmoltoolsError).code === code;
}
