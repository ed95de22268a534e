// Prints `N passed, N failed` from the test runner's own report; fails when anything failed or was skipped, and when nothing ran.
import { readFileSync } from 'node:fs';

function read(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    process.stderr.write(`there is no test report: ${error.message}\n`);
    return { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, success: false, testResults: [] };
  }
}

const report = read(process.argv[2]);
const skipped = report.numPendingTests + report.numTodoTests;
if (skipped > 0) process.stderr.write(`${skipped} tests were skipped; none may be here\n`);
if (report.numPassedTests === 0) process.stderr.write('no test has passed\n');
// A file that does not even load has no tests to count as failed.
const broken = report.testResults.filter(
  (file) => file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed'),
);
for (const file of broken) process.stderr.write(`${file.name} failed outside its tests\n`);

process.stdout.write(`${report.numPassedTests} passed, ${report.numFailedTests + broken.length} failed\n`);
process.exitCode = report.success && skipped === 0 && report.numPassedTests > 0 && broken.length === 0 ? 0 : 1;
