import { AgentError } from "../agent-error.ts";
import { nameList } from "./name-list.ts";

/** A call of a tool as a model asked for it. */
export interface WantedCall {
  /** As the model named it, where it did. */
  id?: string;
  name: string;
  /** JSON that nobody has checked; a text that is no JSON stands for itself. */
  arguments: unknown;
}

/** Words for the name of a tool and for its arguments, the usual ones first. */
const nameKeys = ["name", "tool", "tool_name", "function", "action"];
const argumentKeys = ["arguments", "parameters", "args", "input", "action_input"];

/**
 * Finds calls of tools that a model wrote as JSON into its text.
 *
 * Text before, between and after the objects is ignored; an array of calls counts as its members.
 *
 * @throws AgentError `AGENT_BAD_JSON` or `AGENT_NO_CALL`, with advice for the model.
 */
export function callsInText(text: string): WantedCall[] {
  return callsOf(jsonBlobs(text), text);
}

/**
 * The same for a model that can call natively: its text counts when it is JSON and nothing else but a fence or the tags
 * of a call. JSON in a sentence is something that it read, or talks about.
 *
 * @throws AgentError `AGENT_BAD_JSON` or `AGENT_NO_CALL`, with advice for the model.
 */
export function callsAsText(text: string): WantedCall[] {
  const blobs = jsonBlobs(text);
  const ends = [0, ...blobs.map(({ end }) => end)];
  const between = ends.map((end, index) => text.slice(end, blobs[index]?.start)).join("\n");
  if (blobs.length > 0 && between.replaceAll(/```(?:json)?|<\/?tool_call>/g, "").trim() === "") {
    return callsOf(blobs, text);
  }
  throw new AgentError(
    "Your answer calls no tool: what a text says is not carried out. Call a tool; to give the final answer, call final_answer.",
    { code: "AGENT_NO_CALL" },
  );
}

function callsOf(blobs: readonly Blob[], text: string): WantedCall[] {
  const values = blobs.flatMap(({ value }) => (Array.isArray(value) ? (value as unknown[]) : [value]));
  const objects = values.filter(
    (value): value is Record<string, unknown> => typeof value === "object" && value !== null,
  );
  const calls = objects.map(callOf);
  const good = calls.filter((call) => call !== undefined);
  if (good.length > 0) return good;
  const [first] = objects;
  if (first) {
    throw new AgentError(
      `The JSON in your answer names no tool: it has the keys ${nameList(Object.keys(first)) || "(none)"}. ${advice}`,
      { code: "AGENT_BAD_JSON" },
    );
  }
  if (text.includes("{")) {
    throw new AgentError(`The JSON blob in your answer is invalid. ${advice}`, { code: "AGENT_BAD_JSON" });
  }
  throw new AgentError(`Your answer calls no tool. ${advice}`, { code: "AGENT_NO_CALL" });
}

const advice =
  'Write a call as {"name": "…", "arguments": {…}}; to give the final answer: {"name": "final_answer", "arguments": {"answer": …}}.';

function callOf(given: Record<string, unknown>): WantedCall | undefined {
  // The form of OpenAI's messages: { "function": { "name", "arguments" } }.
  const { function: inner } = given;
  const value = typeof inner === "object" && inner !== null ? (inner as Record<string, unknown>) : given;
  const name = nameKeys.map((key) => value[key]).find((each) => typeof each === "string");
  if (name === undefined) return undefined;
  const key = argumentKeys.find((each) => Object.hasOwn(value, each));
  return { name: String(name), arguments: parseIfJson(key === undefined ? {} : value[key]) ?? {} };
}

/** A text that is JSON, parsed; everything else as it is. */
export function parseIfJson(value: unknown): unknown {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}

interface Blob {
  value: unknown;
  start: number;
  end: number;
}

/** The outermost JSON objects and arrays in a text, and what they hold. */
export function jsonBlobs(text: string): Blob[] {
  const blobs: Blob[] = [];
  let at = 0;
  // Each failed start costs a scan to the end: enough for any real answer, and a bound for hostile ones.
  let attempts = 200;
  while (attempts > 0) {
    const start = text.slice(at).search(/[{[]/);
    if (start === -1) break;
    const from = at + start;
    const end = endOfBlob(text, from);
    const blob = end === undefined ? undefined : parsed(text, from, end);
    if (blob) blobs.push(blob);
    else attempts -= 1;
    if (blob) at = blob.end;
    else at = beginsJson(text, from) ? (end ?? text.length) : from + 1;
  }
  return blobs;
}

const beginning = /\{\s*["}]|\[\s*\{/y;

/**
 * Tells a call that was cut off or written badly from a bracket in a sentence: what stands inside of the former is no
 * call of its own.
 */
function beginsJson(text: string, at: number): boolean {
  beginning.lastIndex = at;
  return beginning.test(text);
}

function parsed(text: string, start: number, end: number): Blob | undefined {
  try {
    return { value: JSON.parse(text.slice(start, end)) as unknown, start, end };
  } catch {
    return undefined;
  }
}

/** Where the bracket that opens at `start` is closed; brackets in strings do not count. */
function endOfBlob(text: string, start: number): number | undefined {
  let depth = 0;
  let inString = false;
  for (let at = start; at < text.length; at++) {
    const character = text[at];
    if (inString) {
      if (character === "\\") at += 1;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === "{" || character === "[") depth += 1;
    else if (character === "}" || character === "]") {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return undefined;
}
