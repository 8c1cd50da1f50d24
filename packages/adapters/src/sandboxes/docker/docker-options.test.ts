import { expect, test } from "vitest";
import { docker, type DockerOptions } from "./index.ts";
import { dockerSettings } from "./docker-options.ts";

const digest = `sha256:${"a".repeat(64)}`;

test.each([
  ["javascript", "node:24-slim"],
  ["python", "python:3.13-slim"],
] as const)("runs %s in an official image", (language, image) => {
  expect(dockerSettings({ language }).image).toBe(image);
});

test.each(["node", "node:24-slim", "ghcr.io/acme/tools:1.2", "localhost:5000/a_b/c-d", `node@${digest}`])(
  "takes the image %s",
  (image) => {
    expect(dockerSettings({ image }).image).toBe(image);
  },
);

test.each<[option: string, options: DockerOptions]>([
  ["language", { language: "ruby" as "python" }],
  ["image", { image: "" }],
  ["image", { image: "../../containers/json?" }],
  ["image", { image: "node:24 --privileged" }],
  ["cpus", { cpus: 0 }],
  ["cpus", { cpus: Number.NaN }],
  ["pidsLimit", { pidsLimit: -1 }],
  ["user", { user: 0 }],
  ["user", { user: 1.5 }],
  ["runtime", { runtime: "../runc" }],
])("refuses a wrong %s: %j", (option, options) => {
  expect(() => docker(options)).toThrow(
    expect.objectContaining({ code: "SANDBOX_BAD_OPTIONS", message: expect.stringContaining(option) }),
  );
});
