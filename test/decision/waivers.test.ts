import assert from 'node:assert/strict';
import { asking, brief, CO_BUILD } from '../support/asking.js';

const rules = (
  waivers: string,
  { grant = true, rail = 'waivable: true', agreement = CO_BUILD, course = '' } = {},
) => `${agreement}
approvers: [{person: Nina@north.example, party: north}, {person: hanna@helio.example, party: helio}, {person: ana@helio.example, party: north}]
${grant ? 'grants: [{id: g, to: [fusion], covers: [net], actions: [copy]}]' : ''}
guardrails:
  - {id: another, covers: [weights], actions: [edit], effect: deny, what: W., why: Y., instead: I.}
  - {id: r, covers: [net], actions: [copy], effect: deny, duties: [log], what: W., why: Y., instead: I., ${rail}}
${course}
waivers:
${waivers}`;
const waiver = (fields: Record<string, string> = {}) => {
  const all: Record<string, string> = {
    id: 'w',
    lifts: '[r]',
    to: '[fusion]',
    covers: '[net]',
    actions: '[copy]',
    until: '2026-05-31',
    by: 'nina@North.example',
    reason: 'Agreed.',
    signed: '2026-04-01',
    ...fields,
  };
  return `  - {${Object.entries(all)
    .map(([key, value]) => `${key}: ${value}`)
    .join(', ')}}`;
};
const copy = { action: 'copy' } as const;
const stands = 'deny | guardrail:r';

describe('a waiver', () => {
  it('lifts the guardrail that it lists, with its duties, and is named', () => {
    const decision = asking(rules(waiver()))(copy);
    assert.equal(brief(decision), 'allow | grant:g | waived w');
    assert.deepEqual(decision.duties, []);
  });

  it('never makes a permission', () => {
    assert.equal(brief(asking(rules(waiver(), { grant: false }))(copy)), 'deny | default:ungranted | waived w');
  });

  it('says nothing of what it is not about', () => {
    for (const other of [
      { lifts: '[another]' },
      { to: '["person:ben@helio.example"]' },
      { covers: '[weights]' },
      { actions: '[edit]' },
      { into: '["tmp/**"]' },
      { from: '2026-05-21' },
    ])
      assert.equal(brief(asking(rules(waiver(other)))(copy)), stands, JSON.stringify(other));
  });

  it('is void when the rule is not waivable, whoever signs', () => {
    assert.equal(brief(asking(rules(waiver(), { rail: 'waivable: false' }))(copy)), `${stands} | waiver-invalid:w`);
  });

  it('is void from anyone but an approver of an owner, and for the approver', () => {
    const void_ = `${stands} | waiver-invalid:w`;
    assert.equal(brief(asking(rules(waiver({ by: 'hanna@helio.example' })))(copy)), void_);
    assert.equal(brief(asking(rules(waiver({ by: 'stranger@x.example' })))(copy)), void_);
    assert.equal(brief(asking(rules(waiver({ by: 'ana@helio.example' })))(copy)), void_);
    assert.equal(
      brief(asking(rules(waiver({ by: 'ana@helio.example' })))({ ...copy, who: 'ben@helio.example' })),
      'allow | grant:g | waived w',
    );
  });

  it('is void without a reason, or with an end that cannot be read', () => {
    assert.equal(brief(asking(rules(waiver()), '', ['Agreed.', '  '])(copy)), `${stands} | waiver-invalid:w`);
    assert.equal(brief(asking(rules(waiver()), '', ['2026-05-31', 'later'])(copy)), `${stands} | waiver-invalid:w`);
  });

  it('lasts to the end of its last day, and is then said to be over', () => {
    const ask = asking(rules(waiver()));
    assert.equal(brief(ask({ ...copy, at: '2026-05-31T23:59:59+02:00' })), 'allow | grant:g | waived w');
    assert.equal(brief(ask({ ...copy, at: '2026-06-01T00:00:00+02:00' })), `${stands} | waiver-expired:w`);
  });

  it('is clipped by the agreement, and idle while it sleeps', () => {
    const at = '2027-01-01T00:00:00+01:00';
    assert.deepEqual(asking(rules(waiver({ until: '2030-01-01' })))({ ...copy, at }).notices, [
      'grant-expired:g',
      'waiver-expired:w',
    ]);
    const status = (word: string) =>
      rules(waiver(), { agreement: CO_BUILD.replace('title: Agreement', `title: Agreement, status: ${word}`) });
    assert.deepEqual(asking(status('suspended'))(copy).notices, ['waiver-invalid:w']);
    assert.deepEqual(asking(status('ended'))(copy).notices, ['grant-expired:g', 'waiver-expired:w']);
    assert.deepEqual(asking(status('suspended'))(copy).waived, []);
  });

  it('that is void or over goes unsaid beside one that is valid', () => {
    const three = [
      waiver(),
      waiver({ id: 'old', until: '2026-05-01' }),
      waiver({ id: 'bad', by: 'hanna@helio.example' }),
    ];
    for (const order of [three, three.toReversed()])
      assert.equal(brief(asking(rules(order.join('\n')))(copy)), 'allow | grant:g | waived w');
  });

  it('lifts walls and courses only where they say that they can be waived', () => {
    const course = (waivable: string) =>
      rules(waiver({ lifts: '[r, c]' }), {
        course: `training: [{id: c, title: C, covers: [net], actions: [copy]${waivable}}]`,
      });
    assert.equal(brief(asking(course(', waivable: true'))(copy)), 'allow | grant:g | waived w');
    assert.equal(brief(asking(course(''))(copy)), 'deny | training:c | waived w waiver-invalid:w');
  });

  it('for a tier of named persons has to name them', () => {
    const sealed = (to: string) =>
      asking(`${CO_BUILD}
approvers: [{person: nina@north.example, party: north}]
grants: [{id: g, to: ["person:ana@helio.example"], covers: [weights], actions: [copy]}]
guardrails: [{id: r, covers: [weights], actions: [copy], effect: deny, what: W., why: Y., instead: I.}]
waivers:
${waiver({ to, covers: '[weights]' })}`)({ ...copy, file: 'weights/v1' });
    assert.equal(brief(sealed('[fusion]')), stands);
    assert.equal(brief(sealed('["person:ana@helio.example"]')), 'allow | grant:g | waived w');
  });

  it('reaches only the destinations that it names', () => {
    const ask = asking(rules(waiver({ into: '["tmp/**"]' })));
    assert.equal(brief(ask({ ...copy, into: 'tmp/a.c' })), 'allow | grant:g | waived w');
    assert.equal(brief(ask({ ...copy, into: 'src/a.c' })), stands);
    assert.equal(brief(ask(copy)), stands);
  });
});
