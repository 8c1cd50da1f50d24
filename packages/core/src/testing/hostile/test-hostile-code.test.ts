import { describe, expect, test } from "vitest";
import type { HostFunction, RunResult, SandboxProvider } from "../../sandbox/sandbox.ts";
import { allHostilePrograms } from "./all-hostile-programs.ts";
import { type HostileProgram, titleOf } from "./hostile-program.ts";
import type { HostileReach } from "./hostile-target.ts";
import type { HostileMeasurement } from "./run-hostile-program.ts";
import { testHostileCode, type TestHostileCodeOptions } from "./test-hostile-code.ts";

const reach: HostileReach = {
  target: {
    tcpPort: 1,
    udpPort: 1,
    unixSocket: "/socket",
    abstractSocket: "socket",
    secretFile: "/secret",
    secretEnvironmentName: "SECRET",
    hostPid: 1,
  },
  secret: "the secret of the host",
  touched: () => [],
};

type Functions = Readonly<Record<string, HostFunction>>;

/** What a sandbox does with the hostile program. */
type Reaction = (functions: Functions) => Promise<Partial<RunResult>> | Partial<RunResult>;

/**
 * A sandbox that does everything right, save for how it reacts to the hostile program.
 *
 * @param forgets - Whether its variables are gone when it says so.
 */
function reactingProvider(reaction: Reaction, forgets = true): SandboxProvider {
  return {
    name: "reacting",
    language: "javascript",
    create: async (options = {}) => {
      const kept = new Set<string | undefined>();
      return {
        name: "reacting",
        language: "javascript",
        run: async (code) => {
          const done = { output: "", stateLost: false, durationMs: 0 };
          const mark = /^const (\w+) = 'kept'/.exec(code)?.[1];
          if (mark !== undefined) kept.add(mark);
          const sought = /\[typeof (\w+) === 'string', given/.exec(code)?.[1];
          if (sought !== undefined) return { ...done, value: [kept.has(sought), "given", "heard", false] };
          if (mark !== undefined) return done;
          const result = { ...done, ...(await reaction(options.functions ?? {})) };
          if (result.stateLost && forgets) kept.clear();
          return result;
        },
        dispose: async () => {},
        [Symbol.asyncDispose]: async () => {},
      };
    },
  };
}

function register(options: Partial<TestHostileCodeOptions> = {}): Map<string, () => Promise<void>> {
  const tests = new Map<string, () => Promise<void>>();
  testHostileCode({
    provider: reactingProvider(() => ({})),
    isolation: "process",
    test: (name, run) => {
      expect(tests.has(name)).toBe(false);
      tests.set(name, run);
    },
    ...options,
  });
  return tests;
}

const endless = "time: an endless loop (case 101)";
const lateEnd: Partial<RunResult> = {
  error: { code: "SANDBOX_TIMEOUT", name: "TimeoutError", message: "the code took longer than 250 ms" },
};

/** Runs one test against a sandbox that reacts like this. */
async function outcome(reaction: Reaction, options: Partial<TestHostileCodeOptions> = {}): Promise<void> {
  await register({ provider: reactingProvider(reaction), reach, ...options }).get(endless)?.();
}

const call: HostFunction = () => undefined;
const never = { signal: new AbortController().signal, untimed: <T>(work: Promise<T>): Promise<T> => work };

describe("the programs", () => {
  test.each<[string, number]>([
    ["javascript", 200],
    ["python", 150],
  ])("in %s are at least %i", (language, least) => {
    expect(allHostilePrograms.filter((program) => program.language === language).length).toBeGreaterThanOrEqual(least);
  });

  test("have names of their own", () => {
    const names = allHostilePrograms.map((program) => `${program.language} ${titleOf(program)}`);
    expect(new Set(names).size).toBe(names.length);
  });

  test("that aim at the host use what they are told of it", () => {
    const aimless = ({ aims, code }: HostileProgram): boolean => aims === true && !code.includes("target");
    const names = allHostilePrograms.filter(aimless).map(titleOf);
    // What these take is the machine itself.
    expect(new Set(names.map((name) => name.split(":")[0]))).toEqual(new Set(["reach", "process"]));
  });

  test("in Python are indented as they have to be", () => {
    const indented = allHostilePrograms.filter(({ language, code }) => language === "python" && /^[ \t]/.test(code));
    expect(indented.map(titleOf)).toEqual([]);
  });
});

describe("a sandbox passes", () => {
  test("when it ends the program", async () => {
    await expect(outcome(() => lateEnd)).resolves.toBeUndefined();
  });

  test("when it says that the variables are gone", async () => {
    await expect(outcome(() => ({ ...lateEnd, stateLost: true }))).resolves.toBeUndefined();
  });
});

describe("a sandbox fails", () => {
  const failures: [what: string, reaction: Reaction, message: RegExp, options?: Partial<TestHostileCodeOptions>][] = [
    ["when the program does not end as it has to", () => ({ value: 1 }), /expected an error, got .*"value":1/],
    [
      "when the program ends with an answer",
      () => ({ ...lateEnd, finalAnswer: { value: "out" } }),
      /it has a final answer/,
    ],
    [
      "when the error is none that there is",
      () => ({ error: { code: "X" as "SANDBOX_CRASH", name: "Error", message: "" } }),
      /the code of the error is X/,
    ],
    [
      "when the error is endless",
      () => ({ error: { code: "SANDBOX_TIMEOUT", name: "Error", message: "x".repeat(1e6) } }),
      /1000000 characters/,
    ],
    ["when the output is endless", () => ({ ...lateEnd, output: "x".repeat(1e6) }), /the output is 1000000 bytes/],
    ["when it gives the host's secret away", () => ({ ...lateEnd, output: reach.secret }), /holds the host's secret/],
    [
      "when the host's prototypes are changed",
      () => {
        Reflect.defineProperty(Object.getPrototypeOf({}) as object, "polluted", { value: 1, configurable: true });
        return lateEnd;
      },
      /polluted changed/,
    ],
    [
      "when the host's object is changed",
      async ({ canary = call }) => {
        Object.assign((await canary([], never)) as object, { name: "harmed" });
        return lateEnd;
      },
      /the host's own object was changed/,
    ],
    [
      "when a tool is given more than values",
      async ({ echo = call }) => {
        await echo([{ inner: () => 1 }], never);
        return lateEnd;
      },
      /echo was given more than plain values/,
    ],
    [
      "when a call stays open after the run",
      ({ never: forever = call }) => {
        void forever([], never);
        return lateEnd;
      },
      /calls that are open after the run/,
    ],
    [
      "when the host does not answer for a while",
      () => {
        for (const end = performance.now() + 150; performance.now() < end;);
        return lateEnd;
      },
      /the host did not answer for \d+ ms/,
      { maxGapMs: 100 },
    ],
    [
      "when the run is over too late",
      () =>
        new Promise((resolve) => {
          setTimeout(() => resolve(lateEnd), 100);
        }),
      /\d+ ms after its deadline/,
      { timeoutMs: 1, maxLateMs: 50 },
    ],
  ];

  test.each(failures)("%s", async (_what, reaction, message, options) => {
    try {
      await expect(outcome(reaction, options)).rejects.toThrow(message);
    } finally {
      Reflect.deleteProperty(Object.prototype, "polluted");
    }
  });

  test("when it says that the variables are gone and they are not", async () => {
    const provider = reactingProvider(() => ({ ...lateEnd, stateLost: true }), false);
    await expect(outcome(() => lateEnd, { provider })).rejects.toThrow(/the next run: expected \[false.*got \[true/);
  });

  test("when something of the host was touched", async () => {
    const touched: string[] = [];
    const reaction: Reaction = () => {
      touched.push("somebody connected");
      return lateEnd;
    };
    await expect(outcome(reaction, { reach: { ...reach, touched: () => touched } })).rejects.toThrow(
      /somebody connected/,
    );
  });

  test("when it does nothing", async () => {
    const tests = [...register({ reach }).values()];
    const outcomes = await Promise.allSettled(tests.map((run) => run()));
    const passed = outcomes.filter(({ status }) => status === "fulfilled").length;
    // What may end anyhow may also come to nothing.
    expect(passed).toBeLessThan(tests.length / 3);
  });
});

test("programs that aim at the host are left out where there is nothing to aim at", () => {
  const names = [...register().keys()];
  expect(names.some((name) => name.startsWith("reach"))).toBe(false);
  expect([...register({ reach }).keys()].length).toBeGreaterThan(names.length);
});

test("each isolation has its own programs", () => {
  const [engine, process] = [register({ isolation: "engine", reach }), register({ isolation: "process", reach })];
  expect([...engine.keys()].some((name) => name.startsWith("protocol"))).toBe(false);
  expect([...process.keys()].some((name) => name.startsWith("ways out: the constructor chain"))).toBe(false);
});

describe("the sandboxes of a program", () => {
  /** Counts the sandboxes that are made for the same program, run again and again, and those that are not disposed. */
  async function count(runs: number, isShared: boolean): Promise<{ made: number; left: number }> {
    const { create, ...rest } = reactingProvider(() => lateEnd);
    const seen = { made: 0, left: 0 };
    const counting: SandboxProvider["create"] = async (options) => {
      const sandbox = await create(options);
      seen.made += 1;
      seen.left += 1;
      let isDisposed = false;
      const dispose = async (): Promise<void> => {
        if (!isDisposed) seen.left -= 1;
        isDisposed = true;
      };
      return { ...sandbox, dispose, [Symbol.asyncDispose]: dispose };
    };
    const ends: (() => Promise<void>)[] = [];
    const run = register({
      provider: { ...rest, create: counting },
      ...(isShared && { afterAll: (end: () => Promise<void>) => void ends.push(end) }),
    }).get(endless);
    for (let number = 0; number < runs; number += 1) await run?.();
    for (const end of ends) await end();
    return seen;
  }

  test("are three for each, where nothing can be disposed after all of them", async () => {
    expect(await count(4, false)).toEqual({ made: 12, left: 0 });
  });

  test("are one more for each, where the others can stay: the one beside it and the one that it finds", async () => {
    expect(await count(4, true)).toEqual({ made: 6, left: 0 });
  });
});

test("tells how the host fared", async () => {
  const measured: HostileMeasurement[] = [];
  await outcome(() => lateEnd, { onMeasured: (one) => measured.push(one) });
  expect(measured).toEqual([
    { test: endless, lateMs: 0, gapMs: expect.any(Number), stateLost: false, lostLater: false },
  ]);
});

test("leaves out the tests that are skipped", () => {
  expect(register({ skip: [{ test: endless, reason: "a reason" }] }).has(endless)).toBe(false);
});

test.each([
  { test: "does what nobody asked for", reason: "a reason" },
  { test: endless, reason: "" },
])("refuses to skip %j", (skip) => {
  expect(() => register({ skip: [skip] })).toThrow(/skip/);
});
