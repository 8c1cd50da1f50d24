// Prints how many tests passed, failed and were skipped, as the last line of a CI run.
// usage: node scripts/count-tests.ts <vitest report> <exit code of the demo>
import { readFileSync } from "node:fs";

interface Report {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  numFailedTestSuites: number;
}

const [path = "", demo = "1"] = process.argv.slice(2);
const report = JSON.parse(readFileSync(path, "utf8")) as Report;
const demoPassed = demo === "0" ? 1 : 0;
const failed = Math.max(report.numFailedTests, report.numFailedTestSuites > 0 ? 1 : 0) + (1 - demoPassed);
const skipped = report.numPendingTests + report.numTodoTests;
if (skipped > 0) {
  // Everything that a test can lack is installed before: a skipped test hides something.
  console.error("Tests were skipped, although CI installs all that they need.");
  process.exitCode = 1;
}
console.log(`${report.numPassedTests + demoPassed} passed, ${failed} failed, ${skipped} skipped`);
