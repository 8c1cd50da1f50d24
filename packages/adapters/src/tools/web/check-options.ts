import { WebToolError } from "./web-tool-error.ts";

/** Options that all tools have that reach the web. */
export interface WebToolOptions {
  /** The most time for one call, in milliseconds. @default 20_000 */
  timeoutMs?: number;
  /** What the tool calls itself towards servers. */
  userAgent?: string;
}

/** Default of `timeoutMs`. */
export const defaultTimeoutMs = 20_000;

/** Default of `userAgent`: says what it is, in the form that servers know. */
export const defaultUserAgent = "Mozilla/5.0 (compatible; smoltools)";

/** A number that an option may be. */
interface NumberRange {
  min: number;
  max?: number;
  integer?: boolean;
}

/**
 * Checks options where a tool is made.
 *
 * @param tool - The tool's name.
 */
export class OptionChecks {
  readonly #tool: string;

  constructor(tool: string) {
    this.#tool = tool;
  }

  /** @throws WebToolError `WEB_OPTIONS_INVALID` when it is not a function: without types, a forgotten one fails late. */
  fetch(value: unknown): void {
    if (typeof value === "function") return;
    throw this.invalid("fetch", "needs fetch: a function that makes the requests and decides which hosts it may reach");
  }

  /** @throws WebToolError `WEB_OPTIONS_INVALID` */
  number(option: string, value: number, { min, max = Infinity, integer = true }: NumberRange): void {
    if (value >= min && value <= max && (!integer || Number.isSafeInteger(value))) return;
    const range = max === Infinity ? `from ${min}` : `from ${min} to ${max}`;
    throw this.invalid(option, `${option} must be a ${integer ? "whole " : ""}number ${range}`);
  }

  /** @throws WebToolError `WEB_OPTIONS_INVALID` */
  address(option: string, value: string): void {
    if (URL.canParse(value) && /^https?:$/.test(new URL(value).protocol)) return;
    throw this.invalid(option, `${option} must be an address of http: or https:`);
  }

  /** An error about an option. */
  invalid(option: string, problem: string): WebToolError {
    return new WebToolError(`${this.#tool}: ${problem}.`, {
      code: "WEB_OPTIONS_INVALID",
      data: { service: this.#tool, option },
    });
  }
}
