import { expectEqual, expectValue, only, sandboxCase, type SandboxCase } from "../sandbox-case.ts";
import { source } from "../sandbox-program.ts";
import { meeting } from "./meeting.ts";
import { waitingHost } from "./waiting-host.ts";

function refuse(): never {
  throw new RangeError("not today");
}

/** Calls that are open while the code goes on. */
export const openCallCases: readonly SandboxCase[] = [
  sandboxCase(
    "performs parallel calls at the same time",
    () => ({ functions: meeting(3) }),
    async (sandbox) => {
      // Each call waits for the two others: one after another they would never be answered.
      const meet = {
        javascript: "await Promise.all([meet(1), meet(2), meet(3)])",
        python: "import asyncio\nawait asyncio.gather(meet.aio(1), meet.aio(2), meet.aio(3))",
      };
      expectValue(await sandbox.run(meet), [1, 2, 3]);
    },
  ),
  {
    name: "aborts the calls that a run leaves open",
    run: async (provider) => {
      const { functions, ended } = waitingHost();
      await using sandbox = await provider.create({ functions });
      const leave = {
        javascript: "void wait().catch(() => {}); await called(); 1",
        python: "import asyncio\ntask = asyncio.ensure_future(wait.aio())\nawait called.aio()\n1",
      };
      expectValue(await sandbox.run(leave), 1);
      await ended;
      expectValue(await sandbox.run("2"), 2);
    },
  },
  sandboxCase("lets code leave a call that fails", { functions: { fail: refuse } }, async (sandbox) => {
    const leave = {
      javascript: "void fail(); await fail().catch(() => {}); 1",
      python: source`
        import asyncio
        task = asyncio.ensure_future(fail.aio())
        await asyncio.gather(fail.aio(), return_exceptions=True)
        1
      `,
    };
    expectValue(await sandbox.run(leave), 1);
    const next = await sandbox.run("2");
    expectValue(next, 2);
    expectEqual(next.output, "", "output");
  }),
  ...only({ language: "python" }, [
    sandboxCase(
      "aborts a call that the code gives up",
      () => ({ functions: waitingHost().functions }),
      async (sandbox) => {
        const giveUp = source`
        import asyncio
        task = asyncio.ensure_future(wait.aio())
        await called.aio()
        task.cancel()
        await gone.aio()
        task.cancelled()
      `;
        expectValue(await sandbox.run(giveUp), true);
      },
    ),
    sandboxCase(
      "performs awaited calls in an event loop of the code",
      () => ({ functions: meeting(2) }),
      async (sandbox) => {
        const meet = source`
        import asyncio

        async def main():
            return await asyncio.gather(meet.aio(1), meet.aio(2))

        asyncio.run(main())
      `;
        expectValue(await sandbox.run(meet), [1, 2]);
      },
    ),
  ]),
];
