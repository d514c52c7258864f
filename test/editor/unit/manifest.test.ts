import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { COLORS, COMMANDS } from '../../../src/editor/names.js';

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly category: string; readonly title: string }[];
    readonly colors: readonly { readonly id: string; readonly defaults: Record<string, string> }[];
  };
}
const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;

describe('the manifest', () => {
  it('declares exactly the commands that the code registers, all under one category', () => {
    assert.deepEqual(
      manifest.contributes.commands.map((entry) => entry.command).sort(),
      Object.values(COMMANDS).sort(),
    );
    for (const entry of manifest.contributes.commands) assert.equal(entry.category, 'Developer Terms', entry.command);
  });

  it('gives every colour a value in all four kinds of theme', () => {
    assert.deepEqual(manifest.contributes.colors.map((entry) => entry.id).sort(), Object.values(COLORS).sort());
    for (const color of manifest.contributes.colors) {
      assert.deepEqual(
        Object.keys(color.defaults).sort(),
        ['dark', 'highContrast', 'highContrastLight', 'light'],
        color.id,
      );
    }
  });
});
