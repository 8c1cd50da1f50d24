import { Math, Number, Promise, TypeError } from "./builtins.ts";
import { print } from "./console.ts";
import { host } from "./host.ts";
import { inspect } from "./inspect.ts";

interface Timer {
  id: number;
  at: number;
  /** Set for intervals. */
  everyMs?: number;
  /** Absent when the timer was cleared. */
  action?: () => unknown;
}

type Action = (...args: unknown[]) => unknown;

const maxDelayMs = 2 ** 31 - 1;
let nextId = 1;
/** In the order in which they are due. */
let queue: Timer[] = [];
const byId = new Map<number, Timer>();

export function setTimeout(action: Action, delayMs?: number, ...args: unknown[]): number {
  return schedule("setTimeout", action, delayMs, args, false);
}

export function setInterval(action: Action, delayMs?: number, ...args: unknown[]): number {
  return schedule("setInterval", action, delayMs, args, true);
}

/** Clears a timer of either kind; unknown ids are ignored. */
export function clearTimer(id: number): void {
  const timer = byId.get(id);
  if (!timer) return;
  delete timer.action;
  byId.delete(id);
}

export function queueMicrotask(action: Action): void {
  if (typeof action !== "function") throw new TypeError("queueMicrotask: its argument is not a function");
  void Promise.resolve().then(() => attempt("queueMicrotask", action));
}

/** Runs the first timer that is due, and asks to be woken for the next one. */
export function fireTimer(): void {
  const now = host.now();
  let due = queue.shift();
  while (due && !due.action) due = queue.shift();
  if (due?.action && due.at <= now) {
    const { action } = due;
    if (due.everyMs === undefined) byId.delete(due.id);
    else insert({ ...due, at: now + due.everyMs });
    attempt("a timer", action);
  } else if (due) {
    queue.unshift(due);
  }
  wakeForNext();
}

/** Clears all timers; the worker wakes nobody after a run. */
export function endTimers(): void {
  queue = [];
  byId.clear();
}

function schedule(name: string, action: Action, delayMs: unknown, args: unknown[], repeat: boolean): number {
  if (typeof action !== "function") throw new TypeError(`${name}: its first argument is not a function`);
  const delay = Math.min(Math.max(Math.trunc(Number(delayMs)) || 0, 1), maxDelayMs);
  const timer: Timer = { id: nextId++, at: host.now() + delay, action: () => action(...args) };
  insert(repeat ? { ...timer, everyMs: delay } : timer);
  wakeForNext();
  return timer.id;
}

function insert(timer: Timer): void {
  byId.set(timer.id, timer);
  let low = 0;
  let high = queue.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((queue[middle]?.at ?? 0) <= timer.at) low = middle + 1;
    else high = middle;
  }
  queue.splice(low, 0, timer);
}

function wakeForNext(): void {
  while (queue[0] && !queue[0].action) queue.shift();
  host.wake(queue[0] ? Math.max(queue[0].at - host.now(), 0) : -1);
}

/** Nobody can catch what such a function throws, so it is printed. */
function attempt(where: string, action: Action): void {
  try {
    action();
  } catch (error) {
    print(`Uncaught in ${where}: ${inspect(error, 4000)}`);
  }
}
