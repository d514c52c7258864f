import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { report } from '../editor/host/report.js';

/** What `activate()` returns, as far as it is measured: ms from the start of `activate`. */
interface Measured {
  readonly timings: { readonly activation: number; readonly firstDecoration: number | undefined };
}

describe('activation', () => {
  it('is measured to the first editor that shows a region', async () => {
    const extension = vscode.extensions.getExtension<Measured>('developer-terms.developer-terms');
    assert.ok(extension, 'VS Code knows the extension');
    const { timings } = await extension.activate();
    while (timings.firstDecoration === undefined) await new Promise((resolve) => setTimeout(resolve, 5));
    report({ kind: 'measured', measure: 'activation', value: timings.activation });
    report({ kind: 'measured', measure: 'firstDecoration', value: timings.firstDecoration });
  });
});
