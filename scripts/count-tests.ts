// Ends a CI run: prints what failed and why, then how many tests passed, failed and were skipped, as the last line.
// usage: node scripts/count-tests.ts <exit code of the demo> <vitest report>...
import { readFileSync } from "node:fs";
import { relative } from "node:path";

interface Report {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  numFailedTestSuites: number;
  testResults: readonly FileResult[];
}

interface FileResult {
  name: string;
  status: string;
  /** Why the file could not run, where it could not. */
  message: string;
  assertionResults: readonly { fullName: string; status: string; failureMessages: readonly string[] | null }[];
}

/** What a run that ended before its report counts as. */
const lostReport: Report = {
  numPassedTests: 0,
  numFailedTests: 1,
  numPendingTests: 0,
  numTodoTests: 0,
  numFailedTestSuites: 0,
  testResults: [],
};

function read(path: string): Report {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as Report;
  } catch {
    console.error(`There is no report at ${path}: the tests did not come to their end.`);
    process.exitCode = 1;
    return lostReport;
  }
}

/** Lines of a failure that are shown: its message and where it was thrown. */
const shownLines = 12;

function printFailure(what: string, why: string): void {
  const lines = why.split("\n").slice(0, shownLines);
  console.log(`FAILED ${what}\n${lines.map((line) => `    ${line}`).join("\n")}`);
}

function printFailures({ testResults }: Report): void {
  for (const file of testResults) {
    const path = relative(process.cwd(), file.name);
    if (file.status === "failed" && file.message !== "") printFailure(path, file.message);
    for (const test of file.assertionResults) {
      if (test.status !== "failed") continue;
      printFailure(`${path} > ${test.fullName}`, (test.failureMessages ?? []).join("\n"));
    }
  }
}

const [demo = "1", ...paths] = process.argv.slice(2);
let passed = demo === "0" ? 1 : 0;
let failed = 1 - passed;
let skipped = 0;
for (const report of paths.map(read)) {
  printFailures(report);
  passed += report.numPassedTests;
  failed += Math.max(report.numFailedTests, report.numFailedTestSuites > 0 ? 1 : 0);
  skipped += report.numPendingTests + report.numTodoTests;
}
if (skipped > 0) {
  // Everything that a test can lack is installed before: a skipped test hides something.
  console.error("Tests were skipped, although CI installs all that they need.");
  process.exitCode = 1;
}
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
