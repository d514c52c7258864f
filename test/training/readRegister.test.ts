import assert from 'node:assert/strict';
import { readRegister } from '../../src/training/readRegister.js';

const ANA = { person: 'ana@helio.example', course: 'dt-2026', passed: '2026-01-20' };

describe('a register of passed courses', () => {
  it('is read from CSV with commas, semicolons or tabs, quotes, a BOM and CR LF', () => {
    const texts = [
      'person,course,passed\nana@helio.example,dt-2026,2026-01-20\n',
      '\uFEFFperson;course;passed\r\nana@helio.example;dt-2026;2026-01-20\r\n\r\n',
      'passed\tperson\tcourse\n2026-01-20\t"ana@helio.example"\t dt-2026 ',
    ];
    for (const text of texts) assert.deepEqual(readRegister('r.csv', text), { records: [ANA], problems: [] });
  });

  it('is read from YAML, as a list or under "records"', () => {
    const list = '- {person: ana@helio.example, course: dt-2026, passed: 2026-01-20}\n';
    assert.deepEqual(readRegister('r.yaml', list), { records: [ANA], problems: [] });
    assert.deepEqual(readRegister('r.yml', `records:\n  ${list}`), { records: [ANA], problems: [] });
  });

  it('may use the column names of another system', () => {
    const text = 'E-Mail,Kurs,Bestanden am\nana@helio.example,dt-2026,2026-01-20\n';
    const columns = { person: 'E-Mail', course: 'Kurs', passed: 'Bestanden am' };
    assert.deepEqual(readRegister('r.csv', text, columns).records, [ANA]);
  });

  it('says which entry lacks what, and keeps the others', () => {
    const text = 'person,course,passed\nana@helio.example,dt-2026,\nana@helio.example,dt-2026,2026-01-20\n';
    assert.deepEqual(readRegister('r.csv', text), {
      records: [ANA],
      problems: ["r.csv, entry 1 has no 'passed'. It counts for nothing until that is filled in."],
    });
  });

  it('that cannot be read at all has no records and says what to write', () => {
    const whyNot = (path: string, text: string) => readRegister(path, text).unreadable;
    assert.equal(whyNot('r.yaml', 'a: ['), 'this is not valid YAML. Write a list of {person, course, passed}.');
    assert.equal(whyNot('r.yaml', 'a: 1'), 'this is no list of {person, course, passed}.');
    assert.match(whyNot('r.csv', 'person,course,passed\n"ana@helio.example,dt,2026-01-20\n') ?? '', /quote/);
    assert.equal(
      whyNot('r.csv', 'E-Mail,course\nana@helio.example,dt\n'),
      "its heading has no 'person' and no 'passed'. Correct the heading, or name its columns under 'columns'.",
    );
    assert.deepEqual(readRegister('r.yaml', ''), { records: [], problems: [] });
  });
});
