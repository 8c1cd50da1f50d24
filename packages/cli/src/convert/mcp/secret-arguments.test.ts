import { expect, it } from "vitest";
import { secretIn } from "./secret-arguments.ts";

const server = { name: "server", version: "1" };
const options = {
  signal: new AbortController().signal,
  environment: { KEY: "swordfish" },
  env: ["KEY"],
  timeoutMs: 1000,
};
const problemOf = (...args: string[]) => secretIn({ kind: "mcp", command: "x", args, env: ["KEY"], server }, options);

it.each<string[][]>([
  [["run", "-e", "GITHUB_PERSONAL_ACCESS_TOKEN=abcdef", "image"]],
  [["-e", "API_KEY=abcdef"]],
  [["--env=DB_PASSWORD=abcdef"]],
  [["--env", "NAME=ghp_abcdefghijkl"]],
  [["https://a.example/mcp?api_key=abcdef"]],
  [["https://a.example/mcp?x=1&token=abcdef"]],
  [["--header", "Authorization: Bearer abcdef"]],
  [["--header", "Authorization:Bearer abcdef"]],
  [["--header", "X-API-Key: abcdef"]],
  [["--header=x-auth-token:abcdef"]],
  [["--header", "Cookie: a=b"]],
  [["--dsn", "postgres://ann:abcdef@db.example/x"]],
  [["--api-key", "abcdef"]],
  [["--text", "a swordfish b"]],
])("a secret is found in %j, and not repeated", (args) => {
  expect(problemOf(...args)).toMatch(/argument \d looks like a secret/);
  expect(problemOf(...args)).not.toMatch(/abcdef|swordfish/);
});

it.each<string[][]>([
  [["-y", "@acme/token-server@1.0.0"]],
  [["run", "-i", "--rm", "-e", "API_KEY", "acme/monkey:latest"]],
  [["--header", "Authorization: Bearer ${TOKEN}"]],
  [["--header", "X-API-Key:${API_KEY}"]],
  [["-e", "API_KEY=$OTHER"]],
  [["--header", "Content-Type: text/plain"]],
  [["https://a.example/mcp?team=a"]],
  [["--depth=2", "/srv/keys"]],
])("there is none in %j", (args) => {
  expect(problemOf(...args)).toBeUndefined();
});
