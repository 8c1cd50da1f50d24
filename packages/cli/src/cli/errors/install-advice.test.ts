import { SmoltoolsError } from "@smoltools/core";
import { describe, expect, it } from "vitest";
import { installAdvice } from "./install-advice.ts";

const own = "node_modules/@smoltools/cli/dist/cli/errors/install-advice.js";
const packageName = "@acme/client or @acme/sdk";
const missing = new SmoltoolsError("missing", { code: "ADAPTER_PEER_MISSING", data: { packageName } });

describe("where a library that is missing is to be installed", () => {
  it.each<[how: string, folder: string, store: string, command: string]>([
    ["with a prefix", "/home/ada/.smoltools/", "", "npm install --prefix /home/ada/.smoltools @acme/client"],
    ["with another package", "/app/", "node_modules/acme/", "npm install --prefix /app @acme/client"],
    ["in a folder with a space", "/my app/", "", 'npm install --prefix "/my app" @acme/client'],
    ["in the root", "/", "", "npm install --prefix / @acme/client"],
    ["for all", "/usr/local/lib/", "", "npm install --global @acme/client"],
    ["for all, on Windows", "C:\\Users\\Ada\\AppData\\Roaming\\npm\\", "", "npm install --global @acme/client"],
    ["by pnpm", "/app/", "node_modules/.pnpm/@smoltools+cli@1.0.0/", "pnpm --dir /app add @acme/client"],
    ["for once", "/a/_npx/0f3a/", "", "npx --package @smoltools/cli --package @acme/client smoltools …"],
  ])("is said where smoltools is installed %s", (_, folder, store, command) => {
    const shown = folder.length > 1 ? folder.slice(0, -1) : folder;
    const separator = folder.at(-1) ?? "/";
    const module = `${folder}${`${store}${own}`.replaceAll("/", separator)}`;
    expect(installAdvice(missing, module)).toBe(`smoltools runs from ${shown}: ${command}`);
  });

  it("is not said where smoltools runs from its sources", () => {
    expect(installAdvice(missing, "/home/ada/smoltools/packages/cli/src/cli/errors/install-advice.ts")).toBeUndefined();
  });

  it("is said of an error that such a one led to", () => {
    const cause = new SmoltoolsError("missing", { code: "LIBRARY_MISSING", data: { library: "acme" } });
    const error = new SmoltoolsError("cannot", { code: "SANDBOX_UNAVAILABLE", data: {}, cause });
    expect(installAdvice(error, `/app/${own}`)).toBe("smoltools runs from /app: npm install --prefix /app acme");
  });

  it("is not said of other errors", () => {
    expect(installAdvice(new SmoltoolsError("no", { code: "USAGE", data: {} }), `/app/${own}`)).toBeUndefined();
    expect(installAdvice("no", `/app/${own}`)).toBeUndefined();
  });
});
