import { createHash } from "node:crypto";
import type { Tool } from "@smoltools/core";
import { answer, call, step, type TokenTask } from "../task.ts";

const sha256 = createHash("sha256").update("smoltools").digest("hex");
const miles = [1, 3, 5, 8, 13, 21, 34, 55];
const versions = ["1.2.3", "1.9.0", "2.0.0", "1.3.0-beta", "0.9.9", "1.2.0"];
const dates = Array.from({ length: 12 }, (_, i) => `2026-${String(i + 1).padStart(2, "0")}-13`);
const field = (text: string | undefined, name: string): unknown =>
  (JSON.parse(text ?? "{}") as Record<string, unknown>)[name];

/**
 * Computations with a server of MCP that has 21 tools with small results. It declares no results, so whoever writes code
 * has to look at one first, as the prompt says.
 */
export function calculatorTasks(tools: readonly Tool[]): TokenTask[] {
  return [
    {
      name: "one call with a small result",
      tools,
      task: "What is the SHA-256 of the text smoltools, in hexadecimal?",
      code: [
        step("I compute the hash.", `console.log(await hash({ input: "smoltools", algorithm: "sha256" }));`),
        step("That is it.", `finalAnswer("${sha256}");`),
      ],
      calls: [
        () => [call("hash", { input: "smoltools", algorithm: "sha256" })],
        (results) => answer(field(results[0]?.[0], "hash")),
      ],
    },
    {
      name: "eight conversions",
      tools,
      task: `Convert these distances from miles to kilometres: ${miles.join(", ")}. Answer with a list of numbers.`,
      code: [
        step(
          "I convert all of them.",
          `
const results = await Promise.all([${miles.join(", ")}].map((value) => convert({ value, from: "mi", to: "km" })));
console.log(results[0]);`,
        ),
        step("It is JSON with the number in result.", "finalAnswer(results.map((text) => JSON.parse(text).result));"),
      ],
      calls: [
        () => miles.map((value) => call("convert", { value, from: "mi", to: "km" })),
        (results) => answer((results[0] ?? []).map((text) => field(text, "result"))),
      ],
    },
    {
      name: "which of six versions fit a range",
      tools,
      task: `Which of the versions ${versions.join(", ")} satisfy ^1.2.0? Answer with a list.`,
      code: [
        step(
          "I ask for each of them.",
          `
const versions = ${JSON.stringify(versions)};
const results = await Promise.all(versions.map((version) => semver({ action: "satisfies", version, range: "^1.2.0" })));
console.log(results[0]);`,
        ),
        step("It is JSON.", "finalAnswer(versions.filter((_, i) => JSON.parse(results[i]).satisfies));"),
      ],
      calls: [
        () => versions.map((version) => call("semver", { action: "satisfies", version, range: "^1.2.0" })),
        (results) => answer(versions.filter((_, i) => field(results[0]?.[i], "satisfies"))),
      ],
    },
    {
      name: "twelve dates",
      tools,
      task: "Which of the 13ths of the months of 2026 are Fridays? Answer with a list of dates as yyyy-mm-dd.",
      code: [
        step(
          "I ask for the weekday of each.",
          `
const dates = Array.from({ length: 12 }, (_, i) => \`2026-\${String(i + 1).padStart(2, "0")}-13\`);
const results = await Promise.all(dates.map((each) => date({ action: "weekday", date: each })));
console.log(results[0]);`,
        ),
        step("It is JSON.", `finalAnswer(dates.filter((_, i) => JSON.parse(results[i]).weekday === "Friday"));`),
      ],
      calls: [
        () => dates.map((date) => call("date", { action: "weekday", date })),
        (results) => answer(dates.filter((_, i) => field(results[0]?.[i], "weekday") === "Friday")),
      ],
    },
    {
      name: "five calls, each on the result of the one before",
      tools,
      task: "Encode the text tea for two in Base64, hash that with MD5, encode the hash in Base64, take the CRC32 of that, and answer with its hexadecimal form.",
      code: [
        step(
          "I begin, and look at what the two tools give.",
          `
const first = await base64({ input: "tea for two", action: "encode" });
const hashed = await hash({ input: first, algorithm: "md5" });
console.log(first, hashed);`,
        ),
        step(
          "A hash is JSON. Each result goes into the next call.",
          `
const { hash: md5 } = JSON.parse(hashed);
const second = await base64({ input: md5, action: "encode" });
const { hash: crc } = JSON.parse(await hash({ input: second, algorithm: "crc32" }));
finalAnswer(crc);`,
        ),
      ],
      calls: [
        () => [call("base64", { input: "tea for two", action: "encode" })],
        (results) => [call("hash", { input: results[0]?.[0], algorithm: "md5" })],
        (results) => [call("base64", { input: field(results[1]?.[0], "hash"), action: "encode" })],
        (results) => [call("hash", { input: results[2]?.[0], algorithm: "crc32" })],
        (results) => answer(field(results[3]?.[0], "hash")),
      ],
    },
    {
      name: "no tool at all",
      tools,
      task: "What is the capital of Norway?",
      code: [step("I know that.", `finalAnswer("Oslo");`)],
      calls: [() => answer("Oslo")],
    },
  ];
}
