import assert from 'node:assert/strict';
import { asking, brief, CO_BUILD } from '../support/asking.js';

const said = 'what: Do not., why: Because., instead: Ask.';

describe('a guardrail', () => {
  const rail = (fields: string, spoil: readonly string[] = []) =>
    asking(
      `
grants: [{id: g, to: [fusion], covers: [net], actions: [any]}]
guardrails: [{id: r, covers: [net], actions: [copy], effect: deny, ${said}, ${fields}}]`,
      '',
      spoil,
    );
  const copy = { action: 'copy' } as const;

  it('beats a grant, for its own actions', () => {
    assert.equal(brief(rail('clause: "1"')(copy)), 'deny | guardrail:r');
    assert.equal(brief(rail('clause: "1"')({ action: 'edit' })), 'allow | grant:g');
  });

  it('binds recipients and not the owner, unless it is for everyone', () => {
    assert.equal(brief(rail('who: recipients')({ ...copy, who: 'nia@north.example' })), 'allow | default:owner');
    assert.equal(brief(rail('who: everyone')({ ...copy, who: 'nia@north.example' })), 'deny | guardrail:r');
  });

  it('binds a person of no team as a recipient', () => {
    assert.deepEqual(rail('who: recipients')({ ...copy, who: 'eve@x.example' }).rules, [
      'default:unknown',
      'guardrail:r',
    ]);
  });

  it('spares whom it excepts', () => {
    assert.equal(
      brief(rail('except: ["person:ben@helio.example"]')({ ...copy, who: 'ben@helio.example' })),
      'allow | grant:g',
    );
    assert.equal(brief(rail('except: ["person:ben@helio.example"]')(copy)), 'deny | guardrail:r');
  });

  it('applies where nobody said where the code goes', () => {
    assert.equal(brief(rail('into: ["tool:*", "!tool:onprem"]')(copy)), 'deny | guardrail:r');
    assert.equal(brief(rail('into: ["tool:*", "!tool:onprem"]')({ ...copy, into: 'tool:x' })), 'deny | guardrail:r');
    assert.equal(brief(rail('into: ["tool:*", "!tool:onprem"]')({ ...copy, into: 'tool:onprem' })), 'allow | grant:g');
    assert.equal(brief(rail('into: ["tool:*"]')({ ...copy, into: 'src/a.c' })), 'allow | grant:g');
  });

  it('holds from the start of its first day to the end of its last', () => {
    const dated = rail('from: 2026-05-01, until: 2026-05-31');
    assert.equal(brief(dated({ ...copy, at: '2026-04-30T23:59:59+02:00' })), 'allow | grant:g');
    assert.equal(brief(dated({ ...copy, at: '2026-05-01T00:00:00+02:00' })), 'deny | guardrail:r');
    assert.equal(brief(dated({ ...copy, at: '2026-05-31T23:59:59+02:00' })), 'deny | guardrail:r');
    assert.equal(brief(dated({ ...copy, at: '2026-06-01T00:00:00+02:00' })), 'allow | grant:g');
  });

  it('with dates that cannot be read stays on', () => {
    assert.equal(brief(rail('until: 2026-01-02', ['2026-01-02', 'some day'])(copy)), 'deny | guardrail:r');
  });

  it('gives its duties whether or not it is the strictest', () => {
    const duties = asking(`
grants: [{id: g, to: [fusion], covers: [net], actions: [any]}]
guardrails:
  - {id: soft, covers: [net], actions: [copy], effect: warn, duties: [log, notify], ${said}}
  - {id: hard, covers: [net], actions: [copy], effect: deny, duties: [log, redact], ${said}}
  - {id: other, covers: [weights], actions: [copy], effect: deny, duties: [attribute], ${said}}`);
    assert.deepEqual(duties(copy).duties, ['log', 'notify', 'redact']);
  });

  it('says what, why, what instead, whom to ask and under which clause', () => {
    assert.deepEqual(rail('clause: "6.2", until: 2026-08-31, contact: kim@north.example')(copy).because[0], {
      rule: 'guardrail:r',
      effect: 'deny',
      asset: 'net',
      what: 'Do not.',
      why: 'Because.',
      instead: 'Ask.',
      clause: '6.2',
      contact: 'kim@north.example',
      until: '2026-08-31',
    });
    assert.equal(rail('clause: "6.2"')(copy).because[0]?.contact, 'legal@helio.example');
  });

  it('binds before the agreement begins, and outlives it by as long as the agreement says', () => {
    const denied = (survives: string, at: string) =>
      asking(`${CO_BUILD.replace('title: Agreement', `title: Agreement${survives}`)}
guardrails: [{id: r, covers: [net], actions: [view], effect: deny, who: everyone, ${said}}]`)({
        at,
        who: 'nia@north.example',
      }).effect;
    assert.equal(denied('', '2025-06-01T00:00:00Z'), 'deny');
    assert.equal(denied('', '2099-01-01T00:00:00Z'), 'deny');
    assert.equal(denied(', survives: P1Y', '2027-12-31T23:59:59+01:00'), 'deny');
    assert.equal(denied(', survives: P1Y', '2028-01-01T00:00:00+01:00'), 'allow');
    assert.equal(denied(', survives: PT24H', '2027-01-01T23:59:59+01:00'), 'deny');
    assert.equal(denied(', survives: PT24H', '2027-01-02T00:00:00+01:00'), 'allow');
  });
});

describe('a course', () => {
  const course = (fields: string, spoil: readonly string[] = []) =>
    asking(
      `
grants: [{id: g, to: [fusion], covers: [net], actions: [any]}]
training: [{id: c, title: Terms, covers: [net], actions: [edit], ${fields}}]`,
      '',
      spoil,
    );
  const edit = (at: string) => ({ action: 'edit', at }) as const;
  const passed = (...days: string[]) => ({
    records: days.map((day) => ({ person: 'Ana@Helio.example', course: 'c', passed: day })),
  });
  const may = '2026-05-20T12:00:00+02:00';

  it('gates its own actions until it is passed, with its own effect', () => {
    assert.equal(brief(course('effect: deny')(edit(may))), 'deny | training:c');
    assert.equal(brief(course('effect: warn')(edit(may))), 'warn | training:c');
    assert.equal(brief(course('effect: deny')(edit(may), passed('2026-05-19'))), 'allow | grant:g');
    assert.equal(brief(course('effect: deny')({ action: 'view' })), 'allow | grant:g');
  });

  it('gates the owner too, unless it is for others', () => {
    assert.equal(brief(course('effect: deny')({ action: 'edit', who: 'nia@north.example' })), 'deny | training:c');
    assert.equal(
      brief(course('for: recipients')({ action: 'edit', who: 'nia@north.example' })),
      'allow | default:owner',
    );
  });

  it('has no grace before the first pass', () => {
    assert.equal(brief(course('grace: P1Y, repeat: P1Y')(edit(may))), 'deny | training:c');
  });

  it('counts a pass from its day on, and the latest one', () => {
    assert.equal(brief(course('effect: deny')(edit(may), passed('2026-05-20'))), 'allow | grant:g');
    assert.equal(brief(course('effect: deny')(edit(may), passed('2026-05-21'))), 'deny | training:c');
    assert.equal(brief(course('repeat: P1M')(edit(may), passed('2026-05-01', '2025-01-01'))), 'allow | grant:g');
    assert.equal(brief(course('effect: deny')(edit(may), passed('2026-05-20T12:00:00+02:00'))), 'allow | grant:g');
    assert.equal(brief(course('effect: deny')(edit(may), passed('2026-05-20T12:00:01+02:00'))), 'deny | training:c');
    assert.equal(brief(course('effect: deny')(edit(may), passed('last week'))), 'deny | training:c');
  });

  it('is due at the end of the day that repeats it, reminds before and tolerates after', () => {
    const yearly = course('repeat: P1Y, remind: P30D, grace: P14D');
    const facts = passed('2025-06-01');
    assert.equal(brief(yearly(edit('2026-05-01T23:59:59+02:00'), facts)), 'allow | grant:g');
    assert.equal(brief(yearly(edit('2026-05-02T00:00:00+02:00'), facts)), 'allow | grant:g | training-due-soon:c');
    assert.equal(brief(yearly(edit('2026-06-01T23:59:59+02:00'), facts)), 'allow | grant:g | training-due-soon:c');
    assert.equal(brief(yearly(edit('2026-06-02T00:00:00+02:00'), facts)), 'warn | training:c | training-overdue:c');
    assert.equal(brief(yearly(edit('2026-06-15T23:59:59+02:00'), facts)), 'warn | training:c | training-overdue:c');
    assert.equal(brief(yearly(edit('2026-06-16T00:00:00+02:00'), facts)), 'deny | training:c');
  });

  it('without grace closes when it is due', () => {
    assert.equal(
      brief(course('repeat: P1Y')(edit('2026-06-02T00:00:00+02:00'), passed('2025-06-01'))),
      'deny | training:c',
    );
  });

  it('clamps to the end of a shorter month', () => {
    const half = course('repeat: P6M');
    const on = (at: string) => brief(half(edit(at), passed('2025-08-31')));
    assert.equal(on('2026-02-28T23:59:59+01:00'), 'allow | grant:g');
    assert.equal(on('2026-03-01T00:00:00+01:00'), 'deny | training:c');
  });

  it('no longer counts a pass before `since`, from that day on', () => {
    const since = course('since: 2026-05-20, grace: P2D, remind: P3D');
    const old = passed('2026-01-01');
    assert.equal(brief(since(edit('2026-05-16T23:59:59+02:00'), old)), 'allow | grant:g');
    assert.equal(brief(since(edit('2026-05-17T00:00:00+02:00'), old)), 'allow | grant:g | training-due-soon:c');
    assert.equal(brief(since(edit('2026-05-20T00:00:00+02:00'), old)), 'warn | training:c | training-overdue:c');
    assert.equal(brief(since(edit('2026-05-22T23:59:59+02:00'), old)), 'warn | training:c | training-overdue:c');
    assert.equal(brief(since(edit('2026-05-23T00:00:00+02:00'), old)), 'deny | training:c');
    assert.equal(
      brief(since(edit('2027-05-23T00:00:00+02:00'), passed('2026-05-20'))),
      'deny | default:ungranted | grant-expired:g',
    );
  });

  it('is due at the earlier of its repetition and `since`', () => {
    const both = course('since: 2026-05-20, repeat: P1M');
    assert.equal(brief(both(edit('2026-03-02T00:00:00+01:00'), passed('2026-02-01'))), 'deny | training:c');
    assert.equal(brief(both(edit('2026-05-20T00:00:00+02:00'), passed('2026-05-10'))), 'deny | training:c');
    assert.equal(brief(both(edit('2026-05-19T23:59:59+02:00'), passed('2026-05-10'))), 'allow | grant:g');
  });

  it('whose repetition cannot be read is good for nothing', () => {
    assert.equal(brief(course('repeat: P7Y', ['P7Y', 'yearly'])(edit(may), passed('2026-05-19'))), 'deny | training:c');
  });

  it('says where to take it', () => {
    const [reason] = course('url: "https://learn.example/c", minutes: 10')(edit(may)).because;
    assert.equal(reason?.instead, 'Take the course “Terms” (about 10 minutes): https://learn.example/c');
  });
});

describe('a wall', () => {
  const rivals = (fields = '') => `
version: 1
agreement: {id: A, title: Agreement, zone: Europe/Berlin, contact: legal@helio.example}
parties: [{id: helio, name: Helio}, {id: north, name: Northlight}, {id: kestrel, name: Kestrel}]
teams:
  - {id: fusion, party: helio, members: [ana@helio.example]}
  - {id: tent-a, party: helio, members: [{person: mia@helio.example, until: 2026-03-31}, tom@helio.example]}
  - {id: tent-b, party: helio, members: [{person: mia@helio.example, from: 2026-04-01}, raj@helio.example, tom@helio.example]}
  - {id: north-core, party: north, members: [nia@north.example]}
  - {id: kestrel-core, party: kestrel, members: [kim@kestrel.example]}
assets: [{id: cam, owner: north, paths: ["cam/**"]}, {id: rad, owner: kestrel, paths: ["rad/**"]}]
walls:
  - id: w
    sides:
      - {name: camera, who: ["party:north", tent-a], assets: [cam]}
      - {name: radar, who: ["party:kestrel", "team:helio/tent-b*"], assets: [rad]}
    ${fields}
grants: [{id: g, to: [everyone], covers: [all], actions: [any]}]`;
  const mia = { who: 'mia@helio.example', file: 'rad/a.c' } as const;

  it('stops people of one side at the other, and nobody else', () => {
    const ask = asking(rivals());
    assert.equal(brief(ask({ who: 'nia@north.example', file: 'rad/a.c' })), 'deny | wall:w');
    assert.equal(brief(ask({ who: 'raj@helio.example', file: 'cam/a.c' })), 'deny | wall:w');
    assert.equal(brief(ask({ who: 'nia@north.example', file: 'cam/a.c' })), 'allow | default:owner');
    assert.equal(brief(ask({ who: 'ana@helio.example', file: 'rad/a.c' })), 'allow | grant:g');
  });

  it('stops whoever is on both sides at either', () => {
    const ask = asking(rivals());
    assert.equal(brief(ask({ who: 'tom@helio.example', file: 'rad/a.c' })), 'deny | wall:w');
    assert.equal(brief(ask({ who: 'tom@helio.example', file: 'cam/a.c' })), 'deny | wall:w');
  });

  it('beats ownership', () => {
    const joint = asking(rivals().replace('id: rad, owner: kestrel', 'id: rad, owner: [kestrel, north]'));
    assert.equal(brief(joint({ who: 'nia@north.example', file: 'rad/a.c' })), 'deny | wall:w');
  });

  it('lets pass who stands above it', () => {
    assert.equal(
      brief(asking(rivals('above: [tent-a]'))({ who: 'tom@helio.example', file: 'rad/a.c' })),
      'allow | grant:g',
    );
  });

  it('blocks only what it lists', () => {
    const ask = asking(rivals('blocks: [copy, edit]'));
    assert.equal(brief(ask({ who: 'nia@north.example', file: 'rad/a.c' })), 'allow | grant:g');
    assert.equal(brief(ask({ who: 'nia@north.example', file: 'rad/a.c', action: 'edit' })), 'deny | wall:w');
  });

  it('without a cooling-off lets former members pass the day they change sides', () => {
    assert.equal(brief(asking(rivals())({ ...mia, at: '2026-04-01T00:00:00+02:00' })), 'allow | grant:g');
  });

  it('cools off from the last day in a team of another side', () => {
    const ask = asking(rivals('cooling: P180D'));
    assert.equal(brief(ask({ ...mia, at: '2026-09-27T23:59:59+02:00' })), 'deny | wall:w');
    assert.equal(brief(ask({ ...mia, at: '2026-09-28T00:00:00+02:00' })), 'allow | grant:g');
    const [reason] = ask({ ...mia, at: '2026-06-01T00:00:00+02:00' }).because;
    assert.equal(reason?.until, '2026-09-27');
    assert.equal(
      reason?.what,
      "mia@helio.example left the side 'camera' on 31 March 2026, and this code is on the side 'radar' of the wall 'w'.",
    );
    assert.equal(reason?.why, 'A cooling-off period of 180 days keeps the sides apart; it ends on 27 September 2026.');
  });

  it('cools off from the last exposure where that came later, and only to another side', () => {
    const ask = asking(rivals('cooling: P10D'));
    const saw = (asset: string, at: string, person = 'Ana@helio.example') => ({ exposures: [{ person, asset, at }] });
    const ana = { who: 'ana@helio.example', file: 'rad/a.c' } as const;
    const seen = saw('cam', '2026-05-20T23:30:00+02:00');
    assert.equal(brief(ask({ ...ana, at: '2026-05-20T23:00:00+02:00' }, seen)), 'allow | grant:g');
    assert.equal(brief(ask({ ...ana, at: '2026-05-30T23:59:59+02:00' }, seen)), 'deny | wall:w');
    assert.equal(brief(ask({ ...ana, at: '2026-05-31T00:00:00+02:00' }, seen)), 'allow | grant:g');
    assert.equal(
      brief(ask({ ...ana, at: '2026-05-21T00:00:00+02:00' }, saw('rad', '2026-05-20T23:30:00+02:00'))),
      'allow | grant:g',
    );
    assert.equal(
      brief(
        ask({ ...mia, at: '2026-04-12T00:00:00+02:00' }, saw('cam', '2026-04-02T00:00:00+02:00', 'mia@helio.example')),
      ),
      'deny | wall:w',
    );
  });

  it('takes an exposure whose moment is lost for one just now', () => {
    const lost = { exposures: [{ person: 'ana@helio.example', asset: 'cam', at: 'in May' }] };
    assert.equal(brief(asking(rivals('cooling: P10D'))({ file: 'rad/a.c' }, lost)), 'deny | wall:w');
  });

  it('counts hours of cooling-off from the end of the last day', () => {
    const ask = asking(rivals('cooling: PT48H'));
    assert.equal(brief(ask({ ...mia, at: '2026-04-02T23:59:59+02:00' })), 'deny | wall:w');
    assert.equal(brief(ask({ ...mia, at: '2026-04-03T00:00:00+02:00' })), 'allow | grant:g');
  });

  it('whose cooling-off cannot be read does not let go', () => {
    assert.equal(
      brief(asking(rivals('cooling: P7D'), '', ['P7D', 'a while'])({ ...mia, at: '2036-04-03T00:00:00+02:00' })),
      'deny | wall:w',
    );
  });
});
