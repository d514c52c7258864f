import type { Checked } from './CheckedContent.js';

/** How many path patterns one asset, and the whole policy, may have. */
const MOST_IN_ASSET = 1_000;
const MOST = 20_000;

/** What is left out and counts all the same: the zone, whom to ask; and what there is too much of. */
export function checkGaps(checked: Checked): void {
  const { content } = checked;
  if (!checked.unread.has('agreement') && (content.agreement.id !== '' || content.agreement.title !== '')) {
    const place = checked.atKey(content, 'agreement');
    const { agreement } = content;
    if (agreement.zone === undefined) {
      checked.add(
        'no-zone',
        place,
        'The agreement names no time zone, so every bare date is a day in UTC. Add `zone:`, such as Europe/Berlin.',
      );
    }
    if (agreement.contact === undefined) {
      checked.add(
        'no-contact',
        place,
        'Where a rule names nobody, there is nobody to ask. Add `contact:` with an address.',
      );
    }
  }
  let all = 0;
  for (const asset of content.assets) {
    all += asset.paths.length;
    if (asset.paths.length <= MOST_IN_ASSET && all <= MOST) continue;
    checked.add(
      'too-many-patterns',
      checked.atKey(asset, 'paths'),
      all > MOST
        ? `The policy has more than ${MOST} path patterns. Use wider patterns, such as folder/**.`
        : `The asset \`${asset.id}\` has more than ${MOST_IN_ASSET} path patterns. Use wider patterns, such as folder/**.`,
    );
    if (all > MOST) break;
  }
}
