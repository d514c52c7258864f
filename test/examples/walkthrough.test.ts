import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Ask } from '../../src/decision/Ask.js';
import { readCases } from '../../src/decision/cases.js';
import { decide } from '../../src/decision/decide.js';
import { parsePolicy } from '../../src/policy/parsePolicy.js';
import { regionsOf } from '../../src/regions/regionsOf.js';
import { readRegister } from '../../src/training/readRegister.js';

const root = join(import.meta.dirname, '../../examples/cobuild');
const text = (path: string) => readFileSync(join(root, path), 'utf8');
const { policy } = parsePolicy(text('developer-terms.yaml'));
const { records } = readRegister('terms/course-register.csv', text('terms/course-register.csv'));

/** The line of a file, 1-based, on which this code stands; the code must stand on one line only. */
function lineOf(path: string, code: string): number {
  const lines = text(path).split('\n');
  const found = lines.flatMap((line, index) => (line.includes(code) ? [index + 1] : []));
  assert.equal(found.length, 1, `"${code}" in ${path}`);
  return found[0] ?? 0;
}

type Question = Omit<Ask, 'who' | 'at' | 'lines'> & { readonly on?: string };

/** What the terms say on 21 November 2026, of the files as they are and with the register as it is. */
function judge(person: string, { on, ...question }: Question) {
  assert.ok(policy);
  const line = on === undefined ? undefined : lineOf(question.file, on);
  const ask: Ask = {
    who: person,
    at: '2026-11-21T10:00:00+01:00',
    ...question,
    ...(line === undefined ? {} : { lines: { start: line, end: line } }),
  };
  return decide(policy, regionsOf(policy, ask.file, text(ask.file)), ask, { records, exposures: [] });
}

const sam = 'sam.rivera@harborline.example';
const link = 'orchestrator/src/adapters/corvidLink.ts';

describe('the walk through the demo', () => {
  const rows: readonly [string, Question, string, readonly string[]][] = [
    ['own code is edited freely', { action: 'edit', file: 'orchestrator/src/fleet.ts' }, 'allow', ['orchestrator']],
    [
      'own code goes to no outside assistant',
      { action: 'prompt', file: 'orchestrator/src/fleet.ts', into: 'tool:copilot' },
      'deny',
      ['orchestrator'],
    ],
    [
      'a supplier’s lines in an own file are read',
      { action: 'view', file: link, on: 'function whiten' },
      'allow',
      ['corvid-protocol', 'orchestrator'],
    ],
    [
      'and not changed',
      { action: 'edit', file: link, on: 'function whiten' },
      'deny',
      ['corvid-protocol', 'orchestrator'],
    ],
    ['the line before them is', { action: 'edit', file: link, on: 'CELL_MILLIMETRES = ' }, 'allow', ['orchestrator']],
    [
      'and not copied into open code',
      { action: 'copy', file: link, on: 'function legsOf', into: 'dashboard/src/kpis.ts' },
      'deny',
      ['corvid-protocol', 'orchestrator'],
    ],
    [
      'the same in Python',
      { action: 'edit', file: 'planning/charging.py', on: 'def wear_cents' },
      'deny',
      ['palisade-cellmodel', 'planning'],
    ],
    [
      'joint lines change for a reason',
      { action: 'edit', file: 'edge/src/interlock.cpp', on: 'kCurtainSilenceMillis = 60' },
      'justify',
      ['edge', 'safety-interlock'],
    ],
    [
      'lines nested in them are Corvid’s alone',
      { action: 'edit', file: 'edge/src/interlock.cpp', on: 'kCorvidStep = 3' },
      'deny',
      ['corvid-protocol', 'edge', 'safety-interlock'],
    ],
    [
      'sealed lines are not shown',
      { action: 'view', file: 'edge/src/limits.cpp', on: 'lossPerTonne;' },
      'deny',
      ['edge', 'palisade-limits'],
    ],
    [
      'one marker covers a whole file',
      { action: 'edit', file: 'edge/src/handshake_vectors.h', on: 'struct HandshakeVector' },
      'deny',
      ['corvid-protocol', 'edge'],
    ],
    ['the interface is open', { action: 'view', file: 'partners/corvid/api/motion_api.h' }, 'allow', []],
    [
      'supplier source wants a purpose',
      { action: 'view', file: 'partners/corvid/motion/path_blend.cpp' },
      'justify',
      ['corvid-motion'],
    ],
    [
      'with a purpose, reading it is recorded',
      { action: 'view', file: 'partners/corvid/motion/path_blend.cpp', purpose: 'integration' },
      'warn',
      ['corvid-motion'],
    ],
    [
      'a sealed folder inside it stays shut',
      { action: 'view', file: 'partners/corvid/tuning/traction.h', purpose: 'integration' },
      'deny',
      ['corvid-motion', 'corvid-tuning'],
    ],
    [
      'access has ended with commissioning',
      { action: 'view', file: 'partners/palisade/shuttle/lift_sequencer.cpp' },
      'deny',
      ['palisade-shuttle'],
    ],
    [
      'the first offer opens with a warning',
      { action: 'view', file: 'partners/corvid/roadmap/phase-two.md' },
      'warn',
      ['corvid-roadmap'],
    ],
    ['nothing covers the dashboard', { action: 'edit', file: 'dashboard/src/kpis.ts' }, 'allow', []],
    ['the site’s data may still be edited', { action: 'edit', file: 'config/site/tideway.json' }, 'allow', ['site-data']],
    ['the terms change for a reason', { action: 'edit', file: 'developer-terms.yaml' }, 'justify', ['terms']],
  ];
  for (const [title, question, effect, assets] of rows) {
    it(`${title} (${question.file})`, () => {
      const decision = judge(sam, question);
      assert.deepEqual([decision.effect, decision.assets], [effect, assets]);
    });
  }

  it('says the same of the other people as the README', () => {
    const edit = (person: string, file: string, on?: string) =>
      judge(person, { action: 'edit', file, ...(on === undefined ? {} : { on }) }).effect;
    assert.equal(edit('noor.haddad@harborline.example', 'orchestrator/src/fleet.ts'), 'deny');
    assert.equal(judge('noor.haddad@harborline.example', { action: 'view', file: link }).effect, 'allow');
    assert.equal(edit('wen.zhao@harborline.example', 'planning/charging.py', 'def wear_cents'), 'warn');
    assert.equal(edit('tomas.berg@harborline.example', link, 'function whiten'), 'allow');
    assert.equal(edit('petra.olsen@harborline.example', 'edge/src/limits.cpp', 'lossPerTonne;'), 'allow');
    const copied = judge('jo.lindqvist@harborline.example', {
      action: 'copy',
      file: link,
      on: 'function whiten',
      into: 'edge/test/frame_test.cpp',
    });
    assert.deepEqual([copied.effect, copied.waived], ['allow', ['wv-harness']]);
    const cooling = { action: 'view', file: 'partners/palisade/energy/cell_model.py', purpose: 'integration' } as const;
    assert.ok(judge('ida.novak@harborline.example', cooling).rules.includes('wall:suppliers'));
    const across = judge('arun.mehta@palisade.example', { action: 'view', file: 'partners/corvid/motion/planner.cpp' });
    assert.ok(across.rules.includes('wall:suppliers'));
  });

  it('rests on the same courses in the register as in the cases', () => {
    const { cases } = readCases(text('developer-terms.cases.yaml'), 'developer-terms.cases.yaml');
    const known = new Set(cases?.facts.records.map((record) => JSON.stringify(record)));
    assert.deepEqual(
      records.filter((record) => !known.has(JSON.stringify(record))),
      [],
    );
    assert.ok(records.length >= 10);
  });
});
