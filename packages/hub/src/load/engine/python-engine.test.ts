import type { HostFetch } from "@smoltools/core";
import { expect, test } from "vitest";
import { noPermissions } from "../../manifest/permissions.ts";
import { serve } from "../../permissions/fetch/test-support/test-server.ts";
import { openPythonEngine } from "./python-engine.ts";

test("a request of a tool in Python may take as long as its call may, and no longer", async () => {
  await using server = await serve(() => {});
  let fetch: HostFetch | undefined;
  await using _engine = await openPythonEngine({
    runtime: {
      name: "test",
      open: async (_source, options) => {
        ({ fetch } = options);
        return { tools: [], call: () => Promise.reject(new Error()), [Symbol.asyncDispose]: async () => {} };
      },
    },
    source: "",
    permissions: { ...noPermissions(), net: [server.host] },
    limits: { timeoutMs: 100 },
    env: {},
    signal: undefined,
  });
  const request = { url: server.url, method: "GET", headers: [] };
  await expect(fetch?.(request, { signal: new AbortController().signal })).rejects.toMatchObject({
    code: "FETCH_TIMEOUT",
  });
});
