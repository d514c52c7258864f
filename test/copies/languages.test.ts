import assert from 'node:assert/strict';
import { createCopyIndex, type CopyIndex } from '../../src/copies/CopyIndex.js';
import { languageOf } from '../../src/copies/languages.js';
import { edited, renamed, samples } from './samples.js';

const key = Uint8Array.from({ length: 16 }, (_, at) => at);

function indexOfSamples(): CopyIndex {
  const index = createCopyIndex({ key });
  for (const [path, text] of Object.entries(samples)) index.add({ id: path, path: `restricted/${path}`, text });
  return index;
}

const commentFor = (path: string): string => (/\.(py|rb)$/.test(path) ? '#' : path.endsWith('.weird') ? '#' : '//');

describe('A copy is recognised in every language', () => {
  const index = indexOfSamples();
  const origin = (path: string, text: string): string | undefined => index.query({ path: `open/${path}`, text })[0]?.id;

  for (const [path, text] of Object.entries(samples)) {
    describe(path, () => {
      it('verbatim, and its lines are the snippet’s', () => {
        const [best] = index.query({ path: `open/${path}`, text });
        assert.equal(best?.id, path);
        const lines = text.split('\n').length;
        assert.ok(best.startLine <= 3 && best.endLine >= lines * 0.7 && best.endLine <= lines, JSON.stringify(best));
      });

      it('with other indentation and line ends, and comments put in', () => {
        const other = text
          .split('\n')
          .map((line, at) => (at % 3 === 0 ? `${line} ${commentFor(path)} step ${at} of it` : line))
          .map((line) => line.replace(/^ +/, (spaces) => '\t'.repeat(Math.ceil(spaces.length / 2))))
          .join('\r\n');
        assert.equal(origin(path, other), path);
      });

      it('with every name changed', () => {
        const other = renamed(text, new Set(languageOf(path).keywords));
        assert.notEqual(other, text);
        assert.equal(origin(path, other), path);
      });

      it('with every seventh line changed', () => {
        assert.equal(origin(path, edited(text, 7)), path);
      });

      it('in the middle of other code', () => {
        const host = Object.entries(samples).filter(([other]) => other !== path);
        const around = renamed(host[0]?.[1] ?? '', new Set());
        const [best] = index.query({ path: `open/${path}`, text: `${around}\n\n${text}\n\n${around}` });
        assert.equal(best?.id, path);
        assert.ok(best.startLine > around.split('\n').length, 'the match starts where the copy starts');
      });
    });
  }

  it('and code of the same language that is no copy is not', () => {
    const other = `export function pickColour(theme: Theme, contrast: number): string {
  if (contrast < 3) return theme.muted;
  const candidates = theme.palette.filter((colour) => colour.luminance > 0.2);
  return candidates.length > 0 ? candidates[0].hex : theme.text;
}
export class Palette {
  constructor(private readonly colours: string[]) {}
  at(position: number) { return this.colours[position % this.colours.length]; }
  get size() { return this.colours.length; }
}`;
    assert.deepEqual(index.query({ path: 'theme.ts', text: other }), []);
  });
});
