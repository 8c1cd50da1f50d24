// Prints how many tests passed, failed and were skipped, as the last line of a CI run.
// usage: node scripts/count-tests.ts <exit code of the demo> <vitest report>...
import { readFileSync } from "node:fs";

interface Report {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  numFailedTestSuites: number;
}

/** What a run that ended before its report counts as. */
const lostReport: Report = {
  numPassedTests: 0,
  numFailedTests: 1,
  numPendingTests: 0,
  numTodoTests: 0,
  numFailedTestSuites: 0,
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

const [demo = "1", ...paths] = process.argv.slice(2);
let passed = demo === "0" ? 1 : 0;
let failed = 1 - passed;
let skipped = 0;
for (const report of paths.map(read)) {
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
