import { expect, test } from "vitest";
import { checkEngine } from "./check-engine.ts";

test.each([">=0.1.0", "*", "^0.1", "0.1.0 || 2"])("a package for smoltools %s is taken", (smoltools) => {
  expect(() => checkEngine({ engines: { smoltools } }, "acme/act")).not.toThrow();
});

test.each([">=99", "^0.0.9", "none", `0.1.0${" || 0.1.0".repeat(100)}`])(
  "one for smoltools %s is refused",
  (smoltools) => {
    expect(() => checkEngine({ engines: { smoltools } }, "acme/act")).toThrowError(
      expect.objectContaining({ code: "RUNTIME_UNSUPPORTED" }),
    );
  },
);
