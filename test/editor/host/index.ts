/** What VS Code loads as `extensionTestsPath`: runs the suites with mocha inside the extension host. */
import type Mocha from 'mocha';
import * as vscode from 'vscode';
import { freshWorkspace } from './freshWorkspace.js';
import { report } from './report.js';

/** The modules to run, beside this one; put in when this is bundled. */
declare const SUITE_MODULES: readonly string[];

const TEST_WITHIN = 30_000;

/** Runs all suites; rejects when a test failed, which is how VS Code's exit code becomes 1. */
export async function run(): Promise<void> {
  report({ kind: 'begin', vscode: vscode.version, node: process.version });
  let failures = 0;
  try {
    failures = await runMocha();
  } catch (error) {
    // A module that does not load has no tests to fail.
    failures = 1;
    report({ kind: 'failed', title: 'the suites load', error: textOf(error) });
  }
  report({ kind: 'end' });
  if (failures > 0) throw new Error(`${failures} tests failed.`);
}

async function runMocha(): Promise<number> {
  const { default: MochaRunner } = await import('mocha');
  const mocha = new MochaRunner({ ui: 'bdd', timeout: TEST_WITHIN, reporter: MochaRunner.reporters.Base });
  mocha.suite.emit('pre-require', globalThis, '', mocha);
  for (const module of SUITE_MODULES) await import(module);
  // The window opens on a fresh copy; each test leaves one to the next.
  mocha.suite.afterEach('a fresh workspace', freshWorkspace);
  return new Promise((resolve) => {
    const runner = mocha.run(resolve);
    const title = (test: Mocha.Runnable) => test.fullTitle();
    runner.on('pass', (test) => report({ kind: 'passed', title: title(test), ms: test.duration ?? 0 }));
    runner.on('fail', (test, error: unknown) => report({ kind: 'failed', title: title(test), error: textOf(error) }));
    runner.on('pending', (test) => report({ kind: 'skipped', title: title(test) }));
  });
}

function textOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
