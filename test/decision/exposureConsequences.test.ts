import assert from 'node:assert/strict';
import type { Facts } from '../../src/decision/Ask.js';
import { exposureConsequences } from '../../src/decision/exposureConsequences.js';
import { NO_FACTS } from '../support/asking.js';
import { policyAt, policyFrom } from '../support/examplePolicy.js';

const POLICY = (wall = 'cooling: P90D', above = '') => `
version: 1
agreement: {id: A, title: Agreement, zone: Europe/Berlin, from: 2026-01-01, until: 2026-12-31, contact: legal@helio.example}
parties: [{id: north, name: Northlight}, {id: kestrel, name: Kestrel}, {id: helio, name: Helio}]
teams:
  - {id: north-core, party: north, members: [nia@north.example]}
  - {id: kestrel-core, party: kestrel, members: [kim@kestrel.example]}
  - {id: fusion, party: helio, members: [ana@helio.example, ben@helio.example]}
assets:
  - {id: one, owner: north, paths: ["one/**"]}
  - {id: two, owner: kestrel, paths: ["two/**"]}
  - {id: three, owner: kestrel, paths: ["three/**"]}
  - {id: free, owner: kestrel, paths: ["free/**"]}
walls:
  - {id: w, sides: [{name: a, who: [north-core], assets: [one]}, {name: b, who: [kestrel-core], assets: [two, three]}], ${wall}, contact: wall@helio.example${above}}
grants:
  - {id: g, to: [fusion], covers: [one, two], actions: [view, edit]}
  - {id: h, to: [fusion], covers: [free], actions: [view]}
`;

const AT = '2026-05-20T12:00:00+02:00';

/** What seeing these assets means for a person: `closed: actions until`. */
function means(text: string, assets: readonly string[], who = 'ana@helio.example', facts: Facts = NO_FACTS): string[] {
  return exposureConsequences(policyFrom(text), assets, { who, at: AT }, facts).map(
    ({ closed, actions, until }) => `${closed.join('+')}: ${actions.join(' ')} until ${until ?? 'ever'}`,
  );
}

describe('what seeing one side of a wall means', () => {
  it('is everything that may be done on the other side today, until the cooling-off ends', () => {
    assert.deepEqual(means(POLICY(), ['one']), ['two: view edit until 2026-08-18']);
    assert.deepEqual(means(POLICY(), ['two']), ['one: view edit until 2026-08-18']);
  });
  it('is nothing where the person has no permission on the other side', () => {
    assert.deepEqual(means(POLICY(), ['one'], 'nobody@helio.example'), []);
    assert.deepEqual(means(POLICY(), ['one', 'free'], 'nia@north.example'), []);
  });
  it('is nothing for who stands above the wall, and for code that no wall knows', () => {
    assert.deepEqual(means(POLICY('cooling: P90D', ', above: [fusion]'), ['one']), []);
    assert.deepEqual(means(POLICY(), ['free']), []);
  });
  it('is nothing for who is exposed already: what is closed cannot be closed again', () => {
    const facts = { records: [], exposures: [{ person: 'ana@helio.example', asset: 'one', at: AT }] };
    assert.deepEqual(means(POLICY(), ['one'], 'ana@helio.example', facts), []);
  });
  it('is nothing where the wall asks for no cooling-off', () => {
    assert.deepEqual(means(POLICY('blocks: [view]'), ['one']), []);
  });
  it('is of those actions alone that the wall blocks', () => {
    assert.deepEqual(means(POLICY('cooling: P90D, blocks: [edit]'), ['one']), ['two: edit until 2026-08-18']);
  });
  it('closes the other offer of the demo for 90 days', () => {
    const policy = policyAt('examples/cobuild/developer-terms.yaml');
    const [consequence] = exposureConsequences(
      policy,
      ['palisade-roadmap'],
      { who: 'abel.kruger@harborline.example', at: '2026-11-22T10:00:00+01:00' },
      {
        records: [{ person: 'abel.kruger@harborline.example', course: 'fair-tender', passed: '2026-10-05' }],
        exposures: [],
      },
    );
    assert.equal(consequence, undefined, 'procurement stands above');
    const [sams] = exposureConsequences(
      policy,
      ['palisade-roadmap'],
      { who: 'sam.rivera@harborline.example', at: '2026-11-22T10:00:00+01:00' },
      {
        records: [{ person: 'sam.rivera@harborline.example', course: 'fair-tender', passed: '2026-06-03' }],
        exposures: [],
      },
    );
    assert.deepEqual(sams && [sams.closed, sams.clause, sams.until], [['corvid-roadmap'], 'B.6.3', '2027-02-20']);
  });
});
