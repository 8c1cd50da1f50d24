import {
  expect,
  expectEqual,
  expectError,
  expectValue,
  only,
  runCase,
  sandboxCase,
  type SandboxCase,
  valueCase,
} from "../sandbox-case.ts";
import { source } from "../sandbox-program.ts";
import { meeting } from "./meeting.ts";
import { queueCase } from "./queue-case.ts";
import { waitingHost } from "./waiting-host.ts";

/** Threads of Python. A Python that cannot have them skips these. */
export const threadCases: readonly SandboxCase[] = only({ language: "python" }, [
  sandboxCase(
    "performs calls of several threads at the same time",
    () => ({ functions: meeting(3) }),
    async (sandbox) => {
      const meet = source`
      from concurrent.futures import ThreadPoolExecutor
      with ThreadPoolExecutor(3) as pool:
          met = list(pool.map(meet, [1, 2, 3]))
      met
    `;
      expectValue(await sandbox.run(meet), [1, 2, 3]);
    },
  ),
  queueCase(
    "queues calls of threads beyond those that may wait at the same time",
    source`
      from concurrent.futures import ThreadPoolExecutor
      with ThreadPoolExecutor(20) as pool:
          done = list(pool.map(work, range(20)))
      len(done)
    `,
  ),
  {
    name: "aborts the calls that threads leave open",
    run: async (provider) => {
      const { functions, ended } = waitingHost();
      await using sandbox = await provider.create({ functions });
      const leave = "import threading\nthreading.Thread(target=wait, daemon=True).start()\ncalled()\n1";
      expectValue(await sandbox.run(leave), 1);
      await ended;
      expectValue(await sandbox.run("2"), 2);
    },
  },
  runCase(
    "captures what threads print",
    source`
      import threading
      thread = threading.Thread(target=print, args=['a', 1])
      thread.start()
      thread.join()
      print('b')
    `,
    ({ output }) => expectEqual(output, "a 1\nb", "output"),
  ),
  valueCase(
    "raises errors of the host in the thread that calls",
    source`
      from concurrent.futures import ThreadPoolExecutor
      with ThreadPoolExecutor(1) as pool:
          seen = str(pool.submit(fail).exception())
      seen
    `,
    "no such city",
    { functions: { fail: () => Promise.reject(new RangeError("no such city")) } },
  ),
  runCase(
    "takes the final answer of a thread",
    "import threading\nthread = threading.Thread(target=final_answer, args=[1])\nthread.start()\nthread.join()",
    ({ finalAnswer, error }) => {
      expectEqual(finalAnswer, { value: 1 }, "finalAnswer");
      expect(error === undefined, "it is an error");
    },
  ),
  sandboxCase("ends a run that waits for a thread without end", { variables: { given: 1 } }, async (sandbox) => {
    const spin = source`
      import threading
      def spin():
          while True: pass
      thread = threading.Thread(target=spin)
      thread.start()
      thread.join()
    `;
    expectError(await sandbox.run(spin, { timeoutMs: 200 }), "SANDBOX_TIMEOUT");
    expectValue(await sandbox.run("given"), 1);
  }),
]);
