import type { CodeLanguage, RunResult, Sandbox, SandboxOptions, SandboxProvider } from "../../sandbox/sandbox.ts";
import { expect, expectEqual } from "../sandbox-case.ts";
import { HostileHost } from "./hostile-host.ts";

/** A sandbox with a variable of its own, by which it is known whether its variables are there. */
export interface MarkedSandbox {
  sandbox: Sandbox;
  mark: string;
}

/** How to leave a variable, and to look whether it, the variables of the creation and the functions are there. */
const probes: Readonly<Record<CodeLanguage, { keep(mark: string): string; look(mark: string): string }>> = {
  javascript: {
    keep: (mark) => `const ${mark} = 'kept';`,
    look: (mark) => `[typeof ${mark} === 'string', given, await echo('heard'), 'polluted' in {}]`,
  },
  python: {
    keep: (mark) => `${mark} = 'kept'`,
    look: (mark) => `['${mark}' in globals(), given, echo('heard'), hasattr(__import__('builtins'), 'polluted')]`,
  },
};

/**
 * What a hostile program finds: a host, a sandbox to run in, and another one beside it.
 *
 * It serves one program after another, as long as each is contained: the sandbox in which nothing is left of a program
 * is there for the next one. The program's run is always the second of its sandbox: it may know its number.
 */
export class HostileStage implements AsyncDisposable {
  readonly host: HostileHost = new HostileHost();
  readonly #create: () => Promise<Sandbox>;
  #made = 0;
  #neighbour: MarkedSandbox | undefined;
  #sandbox: MarkedSandbox | undefined;

  constructor(provider: SandboxProvider, options: Pick<SandboxOptions, "limits">, target: unknown) {
    const { functions } = this.host;
    this.#create = () => provider.create({ ...options, functions, variables: { given: "given", target } });
  }

  /** The sandbox beside that of the program: it must notice nothing. */
  async neighbour(): Promise<MarkedSandbox> {
    this.#neighbour ??= await this.#open();
    const { sandbox, mark } = this.#neighbour;
    await runKept(sandbox, probes[sandbox.language].keep(mark));
    return this.#neighbour;
  }

  /** The sandbox for the program. */
  async sandbox(): Promise<MarkedSandbox> {
    this.#sandbox ??= await this.#open();
    return this.#sandbox;
  }

  /**
   * Puts a new sandbox in place of that of the program, and fails unless nothing of that is there. The old one is
   * disposed before: the new one may be given what it has left behind, such as a thread or a container.
   */
  async renew(): Promise<void> {
    await this.#sandbox?.sandbox.dispose();
    this.#sandbox = undefined;
    await this.sandbox();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([this.#neighbour?.sandbox.dispose(), this.#sandbox?.sandbox.dispose()]);
  }

  async #open(): Promise<MarkedSandbox> {
    const sandbox = await this.#create();
    this.#made += 1;
    const mark = `keep${this.#made}`;
    const { keep, look } = probes[sandbox.language];
    try {
      this.host.running = true;
      // Leaves its own variable, and looks for that of the sandbox before, in one run.
      expectState(await runKept(sandbox, `${keep(mark)}\n${look(`keep${this.#made - 1}`)}`), false, "a new sandbox");
    } catch (error) {
      await sandbox.dispose();
      throw error;
    } finally {
      this.host.running = false;
    }
    return { sandbox, mark };
  }
}

/** Code that tells whether the variables and functions of a sandbox are there: see {@link expectState}. */
export function lookInto({ sandbox, mark }: MarkedSandbox): string {
  return probes[sandbox.language].look(mark);
}

/** Fails unless a run that looked into a sandbox has found everything in order. */
export function expectState({ value, error }: RunResult, kept: boolean, what: string): void {
  expect(error === undefined, `${what} failed: ${error?.code} ${error?.message}`);
  expectEqual(value, [kept, "given", "heard", false], `what is there in ${what}`);
}

/** Runs code that sets variables. A busy machine may cost a sandbox its variables, as long as it says so. */
async function runKept(sandbox: Sandbox, code: string): Promise<RunResult> {
  for (let tries = 0; tries < 5; tries += 1) {
    const result = await sandbox.run(code);
    expect(result.error === undefined, `a harmless run failed: ${result.error?.message}`);
    if (!result.stateLost) return result;
  }
  throw new Error("a harmless run costs the sandbox its variables, again and again");
}
