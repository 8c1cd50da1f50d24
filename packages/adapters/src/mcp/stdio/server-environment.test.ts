import { expect, it } from "vitest";
import { serverEnvironment } from "./server-environment.ts";

it("a server sees what it is given, and what programs need, and no function of a shell", () => {
  const own = { PATH: "/bin", HOME: "/home/me", OPENAI_API_KEY: "sk-1", NODE_OPTIONS: "--inspect", SHELL: "() { x; }" };
  expect(serverEnvironment({ TOKEN: "given", HOME: "/other" }, own)).toEqual({
    PATH: "/bin",
    HOME: "/other",
    TOKEN: "given",
  });
});
