import assert from 'node:assert/strict';
import { escapeMarkdown } from '../../../src/editor/escapeMarkdown.js';

describe('text of a policy in a hover', () => {
  it('cannot become a link, an image, HTML, code or an icon', () => {
    const cases: [string, string][] = [
      ['[x](command:evil)', '\\[x\\]\\(command\\:evil\\)'],
      ['![x](https://x.example/p.png)', '\\!\\[x\\]\\(https\\:\\/\\/x\\.example\\/p\\.png\\)'],
      ['<img src=x>', '\\<img src\\=x\\>'],
      ['`code` **bold**', '\\`code\\` \\*\\*bold\\*\\*'],
      // The editor looks for icons after the markdown, where a backslash before them has to be left.
      ['$(lock) $(sync~spin)', '\\\\\\$\\(lock\\) \\\\\\$\\(sync\\~spin\\)'],
      ['$(not an icon)', '\\$\\(not an icon\\)'],
      ['legal@x.example', 'legal\\@x\\.example'],
      ['back\\slash', 'back\\\\slash'],
    ];
    for (const [text, escaped] of cases) assert.equal(escapeMarkdown(text), escaped);
  });

  it('stays in one paragraph, so that a line break cannot start a heading, a list or a table', () => {
    assert.equal(escapeMarkdown('a\n\n# b\r\n- c\td'), 'a \\# b \\- c d');
  });

  it('keeps letters of every script and ordinary spaces, so that long sentences wrap', () => {
    assert.equal(escapeMarkdown('Größe 漢字 — “quoted”'), 'Größe 漢字 — “quoted”');
  });
});
