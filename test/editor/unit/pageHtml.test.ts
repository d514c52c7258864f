import assert from 'node:assert/strict';
import { pageHtml } from '../../../src/editor/guards/pageHtml.js';

const PAGE = {
  title: 'a.h is not shown',
  lead: 'It is a of A.',
  facts: [
    { label: 'File', words: 'x/<b>.h' },
    { label: 'Ask', words: 'a@b.example' },
  ],
  contact: 'a@b.example',
};

describe('the page that stands where a file would', () => {
  it('takes the words of policy and path as text', () => {
    const html = pageHtml({ ...PAGE, lead: `<script>x</script> "' & <img src=x>` }, (action) => `command:x?${action}"`);
    assert.ok(html.includes('&lt;script&gt;x&lt;/script&gt; &quot;&#39; &amp; &lt;img src=x&gt;'));
    assert.ok(html.includes('x/&lt;b&gt;.h'));
    assert.ok(html.includes('href="command:x?explain&quot;"'));
  });
  it('runs no script and loads nothing', () => {
    const html = pageHtml(PAGE, () => '#');
    assert.match(html, /default-src 'none'/);
    assert.ok(!/<script|<img|src=|https?:/.test(html));
  });
  it('offers access where it is refused, and what comes first where something does', () => {
    assert.match(
      pageHtml(PAGE, (action) => action),
      /href="access">Ask for Access</,
    );
    const html = pageHtml({ ...PAGE, open: 'State Your Purpose' }, (action) => action);
    assert.match(html, /href="open">State Your Purpose</);
    assert.ok(!html.includes('Ask for Access'));
  });
  it('says that it waits while the terms are not known', () => {
    assert.match(
      pageHtml(undefined, () => '#'),
      /being read/,
    );
  });
  it('reads well to a screen reader: one heading, a list of facts, links with words', () => {
    const html = pageHtml(PAGE, () => '#');
    assert.equal(html.split('<h1>').length, 2);
    assert.match(html, /<html lang="en">/);
    assert.match(html, /<dt>File<\/dt><dd>/);
    assert.match(html, /<a href="mailto:a@b\.example">a@b\.example<\/a>/);
    assert.match(html, /<nav aria-label="What you can do">/);
  });
});
