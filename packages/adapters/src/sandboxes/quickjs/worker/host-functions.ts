import process from "node:process";
import type { QuickJSContext, QuickJSHandle } from "quickjs-emscripten-core";
import type { Host } from "../guest/host.ts";
import type { GuestValues } from "./guest-values.ts";
import { bytesService, decodeService, textService } from "./services.ts";

/** The part of the guest's {@link Host} that concerns the run in progress. */
export type RunHost = Pick<Host, "call" | "cancel" | "print" | "succeed" | "fail" | "answer" | "wake">;

/** One of them, in the form that QuickJS calls. */
export type HostFunction = (...args: QuickJSHandle[]) => QuickJSHandle | undefined;

/**
 * The functions of {@link Host} as the engine can call them.
 *
 * Everything crosses as texts, numbers and bytes: neither side ever holds an object of the other.
 *
 * @param run - Gives the part that is the engine's own.
 */
export function hostFunctions(
  context: QuickJSContext,
  values: GuestValues,
  run: () => RunHost,
): Readonly<Record<keyof Host, HostFunction>> {
  return {
    call: (id, name, args, undefinedAt) =>
      values.newText(
        run().call(values.number(id), values.text(name), values.text(args), values.optionalText(undefinedAt)),
      ),
    cancel: (id) => void run().cancel(values.number(id)),
    print: (text) => context.newNumber(run().print(String(JSON.parse(values.text(text))))),
    succeed: (json) => void run().succeed(values.optionalText(json)),
    fail: (json) => void run().fail(values.text(json)),
    answer: (json) => void run().answer(values.optionalText(json)),
    wake: (delay) => void run().wake(values.number(delay)),
    now: () => context.newNumber(monotonicMs()),
    service: (name, input) => values.newText(textService(values.text(name), values.text(input))),
    bytes: (name, input) => values.newBytes(bytesService(values.text(name), values.text(input))),
    text: (name, bytes, options) =>
      values.newText(decodeService(values.text(name), values.bytes(bytes), values.text(options))),
  };
}

/** The same clock in all threads: an engine's memory may move to another one. */
function monotonicMs(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1000 + nanoseconds / 1e6;
}
