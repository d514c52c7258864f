import assert from 'node:assert/strict';
import { asking, brief, CO_BUILD } from '../support/asking.js';

const ungranted = 'deny | default:ungranted';

describe('the base of a decision', () => {
  it('is what the policy says of code that no asset covers', () => {
    assert.equal(brief(asking('')({ file: 'src/free.c' })), 'allow | default:unlisted');
    assert.equal(brief(asking('defaults: {unlisted: warn}')({ file: 'src/free.c' })), 'warn | default:unlisted');
    assert.equal(asking('')({ file: 'src/free.c' }).tier, undefined);
  });

  it('allows the owner, also after the agreement', () => {
    assert.equal(brief(asking('')({ who: 'NIA@north.example' })), 'allow | default:owner');
    assert.equal(brief(asking('')({ who: 'nia@north.example', at: '2031-01-01T00:00:00Z' })), 'allow | default:owner');
  });

  it('allows each of several owners', () => {
    const joint = asking(CO_BUILD.replace('id: net, owner: north', 'id: net, owner: [north, helio]'));
    assert.equal(brief(joint()), 'allow | default:owner');
    assert.equal(brief(joint({ who: 'nia@north.example' })), 'allow | default:owner');
  });

  it('is the default of unknown people for a person in no team', () => {
    assert.equal(brief(asking('')({ who: 'eve@evil.example' })), 'deny | default:unknown');
    assert.equal(brief(asking('')({ who: '' })), 'deny | default:unknown');
    assert.equal(
      brief(asking('defaults: {unknown: justify}')({ who: 'eve@evil.example' })),
      'justify | default:unknown',
    );
  });

  it('is what the tier gives without a grant, one effect or one an action', () => {
    const tiers = (ungranted: string) =>
      CO_BUILD.replace('{name: restricted}', `{name: restricted, ungranted: ${ungranted}}`);
    assert.equal(brief(asking('')()), ungranted);
    assert.equal(brief(asking(tiers('warn'))()), 'warn | default:ungranted');
    assert.equal(brief(asking(tiers('{view: allow}'))()), 'allow | default:ungranted');
    assert.equal(brief(asking(tiers('{view: allow}'))({ action: 'edit' })), ungranted);
  });
});

describe('a grant', () => {
  const grant = (fields: string) => asking(`grants: [{id: g, to: [fusion], covers: [net], ${fields}}]`);

  it('permits its people its actions', () => {
    assert.equal(brief(grant('actions: [view]')()), 'allow | grant:g');
    assert.equal(brief(grant('actions: [view]')({ action: 'edit' })), ungranted);
    assert.equal(brief(grant('actions: [any]')({ action: 'publish' })), 'allow | grant:g');
  });

  it('of any action but use is also one to view', () => {
    assert.equal(brief(grant('actions: [copy]')()), 'allow | grant:g');
    assert.equal(brief(grant('actions: [use]')()), ungranted);
    assert.equal(brief(grant('actions: [use]')({ action: 'use' })), 'allow | grant:g');
    assert.equal(brief(grant('actions: [use, export]')()), 'allow | grant:g');
  });

  it('begins at the start of its first day and ends at the end of its last', () => {
    const dated = grant('actions: [view], from: 2026-03-29, until: 2026-06-30');
    assert.equal(brief(dated({ at: '2026-03-28T23:59:59+01:00' })), ungranted);
    assert.equal(brief(dated({ at: '2026-03-29T00:00:00+01:00' })), 'allow | grant:g');
    assert.equal(brief(dated({ at: '2026-06-30T23:59:59+02:00' })), 'allow | grant:g');
    assert.equal(brief(dated({ at: '2026-07-01T00:00:00+02:00' })), `${ungranted} | grant-expired:g`);
  });

  it('ends at an instant exclusively', () => {
    const dated = grant('actions: [view], until: "2026-06-30T12:00:00+02:00"');
    assert.equal(brief(dated({ at: '2026-06-30T11:59:59+02:00' })), 'allow | grant:g');
    assert.equal(brief(dated({ at: '2026-06-30T12:00:00+02:00' })), `${ungranted} | grant-expired:g`);
  });

  it('is clipped by the agreement at both ends', () => {
    const long = grant('actions: [view], from: 2020-01-01, until: 2030-01-01');
    assert.equal(brief(long({ at: '2025-12-31T23:59:59+01:00' })), ungranted);
    assert.equal(brief(long({ at: '2026-01-01T00:00:00+01:00' })), 'allow | grant:g');
    assert.equal(brief(long({ at: '2026-12-31T23:59:59+01:00' })), 'allow | grant:g');
    assert.equal(brief(long({ at: '2027-01-01T00:00:00+01:00' })), `${ungranted} | grant-expired:g`);
  });

  it('warns in the grace after its end, and says that it is over', () => {
    const graceful = grant('actions: [view], until: 2026-06-30, grace: P14D');
    assert.equal(brief(graceful({ at: '2026-07-01T00:00:00+02:00' })), 'warn | grant:g | grant-expired:g');
    assert.equal(brief(graceful({ at: '2026-07-14T23:59:59+02:00' })), 'warn | grant:g | grant-expired:g');
    assert.equal(brief(graceful({ at: '2026-07-15T00:00:00+02:00' })), `${ungranted} | grant-expired:g`);
  });

  it('has no grace beyond the agreement', () => {
    const graceful = grant('actions: [view], grace: P14D');
    assert.equal(brief(graceful({ at: '2027-01-01T00:00:00+01:00' })), `${ungranted} | grant-expired:g`);
  });

  it('asks for its purpose, and is none for another', () => {
    const bound = grant('actions: [view], purpose: [integration, test]');
    assert.equal(brief(bound({ purpose: 'test' })), 'allow | grant:g');
    assert.equal(brief(bound()), 'justify | grant:g');
    assert.equal(brief(bound({ purpose: '' })), 'justify | grant:g');
    assert.equal(brief(bound({ purpose: 'resale' })), ungranted);
  });

  it('is limited by its destination, but for a view', () => {
    const bound = grant('actions: [copy], into: ["fusion/tmp/**"]');
    assert.equal(brief(bound({ action: 'copy', into: 'fusion/tmp/a.c' })), 'allow | grant:g');
    assert.equal(brief(bound({ action: 'copy', into: 'fusion/a.c' })), ungranted);
    assert.equal(brief(bound({ action: 'copy' })), ungranted);
    assert.equal(brief(bound({ action: 'view' })), 'allow | grant:g');
  });

  it('counts when it is the kindest, and every grant of that kindness is named', () => {
    const several = asking(`
grants:
  - {id: bound, to: [fusion], covers: [net], actions: [view], purpose: [integration]}
  - {id: free, to: [fusion], covers: [all], actions: [view]}
  - {id: also-free, to: ["party:helio"], covers: ["tier:restricted"], actions: [edit]}
  - {id: over, to: [fusion], covers: [net], actions: [view], until: 2026-03-01}`);
    assert.equal(brief(several()), 'allow | grant:also-free grant:free');
    assert.equal(brief(several({ action: 'edit' })), 'allow | grant:also-free');
  });

  it('sleeps while the agreement is suspended, and is over when it is ended', () => {
    const status = (word: string) =>
      asking(`${CO_BUILD.replace('title: Agreement', `title: Agreement, status: ${word}`)}
grants: [{id: g, to: [fusion], covers: [net], actions: [view]}]`);
    assert.equal(brief(status('suspended')()), ungranted);
    assert.equal(brief(status('ended')()), `${ungranted} | grant-expired:g`);
    assert.match(status('suspended')().because[0]?.what ?? '', /suspended/);
  });

  it('in a tier for named persons counts spelled-out persons only', () => {
    const to = (who: string) =>
      brief(asking(`grants: [{id: g, to: ["${who}"], covers: [weights], actions: [view]}]`)({ file: 'weights/v1' }));
    assert.equal(to('person:Ana@helio.example'), 'allow | grant:g');
    for (const who of ['fusion', 'party:helio', 'everyone', 'recipients', 'person:*@helio.example', 'team:helio/*'])
      assert.equal(to(who), ungranted, who);
  });

  it('with dates that cannot be read permits nothing', () => {
    const grants = 'grants: [{id: g, to: [fusion], covers: [net], actions: [view], until: 2026-09-09}]';
    assert.equal(brief(asking(grants)()), 'allow | grant:g');
    assert.equal(brief(asking(grants, '', ['2026-09-09', 'next summer'])()), ungranted);
  });
});

describe('a decision over several assets', () => {
  const text = ['free', '# TERMS-BEGIN asset=notes', 'marked', '# TERMS-END', 'free'].join('\n');
  const rules = `grants: [{id: g, to: [fusion], covers: [net], actions: [view]}]`;

  it('is the strictest, at the highest tier, and names every asset', () => {
    const decision = asking(rules, text)();
    assert.equal(brief(decision), ungranted);
    assert.deepEqual(decision.assets, ['net', 'notes']);
    assert.equal(decision.tier, 'restricted');
    assert.deepEqual(
      decision.because.map(({ rule, effect, asset }) => ({ rule, effect, asset })),
      [
        { rule: 'default:ungranted', effect: 'deny', asset: 'notes' },
        { rule: 'grant:g', effect: 'allow', asset: 'net' },
      ],
    );
  });

  it('is about the lines that were asked for, marker lines included', () => {
    const ask = asking(rules, text);
    assert.equal(brief(ask({ lines: { start: 1, end: 1 } })), 'allow | grant:g');
    for (const line of [2, 3, 4]) assert.equal(brief(ask({ lines: { start: line, end: line } })), ungranted);
    assert.equal(brief(ask({ lines: { start: 5, end: 5 } })), 'allow | grant:g');
  });

  it('without lines is about the whole file, and so is one with lines that are none', () => {
    const ask = asking('', text);
    assert.equal(brief(ask({ file: 'free.c' })), ungranted);
    assert.equal(brief(ask({ file: 'free.c', lines: { start: NaN, end: NaN } })), ungranted);
  });

  it('denies everybody what a marker of an unknown asset covers, at the highest tier', () => {
    const ask = asking('', '// TERMS-BEGIN asset=typo\nx\n// TERMS-END\n// TERMS-BEGIN\ny');
    for (const who of ['ana@helio.example', 'nia@north.example']) {
      const decision = ask({ file: 'free.c', who });
      assert.equal(brief(decision), 'deny | marker:unknown');
      assert.equal(decision.tier, 'sealed');
    }
    assert.match(
      ask({ file: 'free.c' })
        .because.map(({ what }) => what)
        .join(' '),
      /names no asset.*'typo'/,
    );
  });
});

describe('a question that cannot be judged', () => {
  it('is denied with a reason that says what to change', () => {
    for (const at of ['', 'yesterday', '2026-05-20', '2026-05-20T12:00:00', '2026-02-30T12:00:00Z']) {
      const decision = asking('')({ at, who: 'nia@north.example' });
      assert.equal(brief(decision), 'deny | ask:moment');
      assert.match(decision.because[0]?.instead ?? '', /2026-05-20T10:00:00\+02:00/);
    }
  });
});
