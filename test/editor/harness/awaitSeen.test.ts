import assert from 'node:assert/strict';
import { existsSync, rmSync } from 'node:fs';
import { awaitSeen, NotSeenError } from '../awaitSeen.js';
import { theBrowser } from '../stage.js';

describe('awaitSeen', () => {
  it('says what was awaited, what was there instead, and where the picture is', async () => {
    const page = await (await theBrowser()).newPage();
    try {
      await page.setContent('<p>Something else</p>');
      const seen = awaitSeen(page, {
        what: 'a hover with "clause 4.2"',
        look: () => Promise.resolve(undefined),
        instead: () => page.locator('p').innerText(),
        within: 200,
      });
      await assert.rejects(seen, (error) => {
        assert.ok(error instanceof NotSeenError);
        const [awaited, instead, picture] = error.message.split('\n');
        assert.equal(awaited, 'Waited 0.2 s for a hover with "clause 4.2".');
        assert.equal(instead, '  Instead there was: Something else');
        const path = /Screenshot: (.*\.png)$/.exec(picture ?? '')?.[1] ?? '';
        assert.ok(existsSync(path), picture);
        rmSync(path);
        return true;
      });
    } finally {
      await page.close();
    }
  });

  it('returns what it saw as soon as it is there', async () => {
    const page = await (await theBrowser()).newPage();
    try {
      let looks = 0;
      const look = () => Promise.resolve(++looks === 3 ? 'there' : undefined);
      assert.equal(await awaitSeen(page, { what: 'it', look, instead: () => Promise.resolve('') }), 'there');
      assert.equal(looks, 3);
    } finally {
      await page.close();
    }
  });
});
