import { toolsFromSpace, type SpaceToolsOptions } from "@smoltools/adapters/space";
import { describe, expect, it } from "vitest";
import {
  anyValue,
  type OtherAnswer,
  type ServedEndpoint,
  spaceServer,
  type SpaceServerOptions,
} from "./space-server.ts";

const echo: ServedEndpoint = {
  name: "echo",
  parameters: [anyValue("text", { type: "string" })],
  returns: [anyValue("said")],
  run: (data) => data,
};

/** What comes of listing the tools of a server, and of calling the first. */
async function outcome(served: Partial<SpaceServerOptions>, options: SpaceToolsOptions = {}): Promise<unknown> {
  await using server = await spaceServer({ endpoints: [echo], ...served });
  try {
    await using space = await toolsFromSpace(server.url, options);
    const [tool] = await space.tools();
    return await tool?.call({ text: "a" });
  } catch (error) {
    return error;
  }
}

const running = (run: ServedEndpoint["run"]): Partial<SpaceServerOptions> => ({ endpoints: [{ ...echo, run }] });
const never = (): Promise<never> => new Promise(() => undefined);
const answering = (path: string, answer: OtherAnswer): Partial<SpaceServerOptions> => ({
  answer: (request) => (request.path.startsWith(path) ? answer : undefined),
});
const page: OtherAnswer = {
  headers: { "content-type": "text/html" },
  body: "<html><title>Your Space is \u001b[31masleep</title></html>",
};

describe("a listing", () => {
  it.each<[string, Partial<SpaceServerOptions>, string, SpaceToolsOptions?]>([
    ["a page for its config", answering("/config", page), "SOURCE_ANSWER_INVALID"],
    ["a page for its endpoints", answering("/gradio_api/info", page), "SOURCE_ANSWER_INVALID"],
    ["a list for its config", answering("/config", { body: "[]" }), "SOURCE_ANSWER_INVALID"],
    ["null for its endpoints", answering("/gradio_api/info", { body: "null" }), "SOURCE_ANSWER_INVALID"],
    ["a queue of another time", { config: { protocol: "ws" } }, "SOURCE_ANSWER_INVALID"],
    ["a prefix that leads elsewhere", { config: { api_prefix: "@evil.invalid/" } }, "SOURCE_ANSWER_INVALID"],
    ["a page that wants a sign-in", answering("/config", { ...page, status: 401 }), "SOURCE_UNAUTHORISED"],
    ["an error", answering("/config", { status: 502, body: "" }), "SOURCE_UNAVAILABLE"],
    ["nothing", answering("/config", { hangs: true }), "SOURCE_TIMEOUT", { requestTimeoutMs: 100 }],
    ["more than is taken", { config: { css: "x".repeat(5000) } }, "SOURCE_TOO_LARGE", { maxResponseBytes: 4000 }],
    ["a redirect elsewhere", answering("/config", redirect("http://127.0.0.2:1/")), "SOURCE_ANSWER_INVALID"],
    ["redirects without end", answering("/config", redirect("/config")), "SOURCE_ANSWER_INVALID"],
  ])("of a server that answers %s is refused", async (_name, served, code, options) => {
    expect(await outcome(served, options)).toMatchObject({ code });
  });

  it("of no server at all says that it cannot be reached", async () => {
    await expect(toolsFromSpace("http://127.0.0.1:1")).rejects.toMatchObject({ code: "SOURCE_UNAVAILABLE" });
  });

  it.each<[string, Partial<ServedEndpoint>, object?]>([
    ["whose parameters are not those of the app", { inputs: [{}, {}] }],
    ["with two parameters of one name", { parameters: [anyValue("a"), anyValue("a")] }],
    ["that is no function of its app", {}, { dependencies: [] }],
    ["whose type is nested too deep", { parameters: [anyValue("a", nested(300))] }],
    ["whose type is none", { parameters: [anyValue("a", { type: "text" })] }],
  ])("leaves out an endpoint %s", async (_name, part, config) => {
    await using server = await spaceServer({ endpoints: [{ ...echo, ...part }], ...(config && { config }) });
    const refused: string[] = [];
    await using space = await toolsFromSpace(server.url, { onUnusable: ({ code }) => refused.push(code) });
    expect([await space.tools(), refused]).toEqual([[], ["SOURCE_TOOL_INVALID"]]);
  });

  it.each([["acme"], ["file:///etc/passwd"], ["ftp://example.org"], ["https://user:pass@example.org"], ["../x/y"]])(
    "of %s is refused",
    async (space) => {
      await expect(toolsFromSpace(space)).rejects.toMatchObject({ code: "ADAPTER_OPTIONS_INVALID" });
    },
  );
});

describe("a call", () => {
  it.each<[string, ServedEndpoint["run"], string, SpaceToolsOptions?]>([
    ["leads nowhere", (_, call) => (lead(call, ["a", "b"]), never()), "SOURCE_ANSWER_INVALID"],
    ["makes a change that is none", (_, call) => (lead(call, "x"), never()), "SOURCE_ANSWER_INVALID"],
    ["dies", (_, { breakOff }) => (breakOff(), never()), "SOURCE_UNAVAILABLE"],
    ["ends its stream", (_, { send }) => (send({ msg: "close_stream" }), never()), "SOURCE_UNAVAILABLE"],
    ["sends no JSON", (_, { write }) => (write("data: {oops\n\n"), never()), "SOURCE_ANSWER_INVALID"],
    ["sends null", (_, { write }) => (write("data: null\n\n"), never()), "SOURCE_ANSWER_INVALID"],
    ["sends a result without data", (_, call) => (complete(call, {}), never()), "SOURCE_ANSWER_INVALID"],
    ["sends a text for data", (_, call) => (complete(call, { data: "a" }), never()), "SOURCE_ANSWER_INVALID"],
    ["sends too few values", () => [], "SOURCE_ANSWER_INVALID"],
    ["sends nothing", never, "SOURCE_TIMEOUT", { idleTimeoutMs: 100 }],
    ["streams without end", endless, "SOURCE_TIMEOUT", { callTimeoutMs: 200, idleTimeoutMs: 60_000 }],
    ["streams more than is taken", endless, "SOURCE_TOO_LARGE", { maxResponseBytes: 20_000 }],
    ["sends one line without end", flood, "SOURCE_TOO_LARGE", { maxResponseBytes: 20_000 }],
    ["says that it broke", (_, { send }) => (send({ msg: "unexpected_error", message: "oh" }), never()), "TOOL_FAILED"],
    [
      "is of a session that is unknown",
      (_, { send }) => (send({ msg: "server_stopped" }), []),
      "SOURCE_ANSWER_INVALID",
    ],
  ])("that %s ends with an error", async (_name, run, code, options) => {
    expect(await outcome(running(run), options)).toMatchObject({ code });
  });

  it.each<[string, string, OtherAnswer, string]>([
    ["a page", "/gradio_api/queue/join", page, "SOURCE_ANSWER_INVALID"],
    ["an empty body", "/gradio_api/queue/join", { body: "" }, "SOURCE_ANSWER_INVALID"],
    ["a full queue", "/gradio_api/queue/join", { status: 503, body: "" }, "SOURCE_UNAVAILABLE"],
    ["too many calls", "/gradio_api/queue/join", { status: 429, body: "" }, "SOURCE_QUOTA"],
    ["a validation", "/gradio_api/queue/join", { status: 422, body: '{"detail":"text is bad"}' }, "TOOL_FAILED"],
    ["no access", "/gradio_api/queue/join", { status: 403, body: "" }, "SOURCE_UNAUTHORISED"],
    ["a page for the stream", "/gradio_api/queue/data", page, "SOURCE_ANSWER_INVALID"],
  ])("that is answered with %s ends with an error", async (_name, path, answer, code) => {
    expect(await outcome(answering(path, answer))).toMatchObject({ code });
  });

  it("that is not taken ends in time", async () => {
    const options = { requestTimeoutMs: 100 };
    expect(await outcome(answering("/gradio_api/queue/join", { hangs: true }), options)).toMatchObject({
      code: "SOURCE_TIMEOUT",
    });
  });

  it("repeats control characters of nobody", async () => {
    const error = await outcome(answering("/gradio_api/queue/join", { ...page, status: 500 }));
    expect(error).toMatchObject({ code: "SOURCE_UNAVAILABLE", message: expect.not.stringContaining("\u001b") });
  });

  it("goes on where an event comes in pieces, with comments, and lines of other systems", async () => {
    const run: ServedEndpoint["run"] = async (_, { event, write }) => {
      const message = JSON.stringify({
        msg: "process_completed",
        event_id: event,
        output: { data: ["ü"] },
        success: true,
      });
      for (const part of [": hello\r\n", "id: 1\r\n", "data:", message.slice(0, 9), message.slice(9), "\r", "\n\r\n"]) {
        write(part);
        await new Promise((resolve) => setImmediate(resolve));
      }
      return never();
    };
    expect(await outcome(running(run))).toBe("ü");
  });
});

/** Sends a value, and a change of it along a path. */
function lead({ send }: Parameters<ServedEndpoint["run"]>[1], path: unknown): void {
  send({ msg: "process_generating", output: { data: [{}] }, success: true });
  send({ msg: "process_generating", output: { data: [[["replace", path, 1]]] }, success: true });
}

function complete(call: Parameters<ServedEndpoint["run"]>[1], output: object): void {
  call.send({ msg: "process_completed", output, success: true });
}

async function endless(_: unknown, { send, signal }: Parameters<ServedEndpoint["run"]>[1]): Promise<unknown[]> {
  send({ msg: "process_generating", output: { data: ["x"] }, success: true });
  while (!signal.aborted) {
    send({ msg: "process_generating", output: { data: [[["append", [], "x".repeat(100)]]] }, success: true });
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  return [];
}

async function flood(_: unknown, { write, signal }: Parameters<ServedEndpoint["run"]>[1]): Promise<unknown[]> {
  while (!signal.aborted) {
    write("x".repeat(1000));
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  return [];
}

function redirect(location: string): OtherAnswer {
  return { status: 302, headers: { location }, body: "" };
}

function nested(depth: number): object {
  return depth === 0 ? {} : { items: nested(depth - 1) };
}
