import assert from 'node:assert/strict';
import fc from 'fast-check';
import sax from 'sax';
import { findingsAsJunit } from '../../src/report/findingsAsJunit.js';
import { checked, decided, finding, guardrail, policy } from '../support/findings.js';

interface Element {
  readonly name: string;
  readonly attributes: Record<string, string>;
  text: string;
}

/** The elements of well-formed XML; throws for anything else. */
function elementsOf(xml: string): Element[] {
  const elements: Element[] = [];
  const open: Element[] = [];
  const parser = sax.parser(true);
  parser.onerror = (error) => {
    throw error;
  };
  parser.onopentag = ({ name, attributes }) => {
    const element = { name, attributes: attributes as Record<string, string>, text: '' };
    elements.push(element);
    open.push(element);
  };
  parser.onclosetag = () => void open.pop();
  parser.ontext = (text) => {
    const last = open.at(-1);
    if (last !== undefined) last.text += text;
  };
  parser.write(xml).close();
  return elements;
}

describe('Findings as JUnit', () => {
  it('fail, pass with a note, or are skipped, and are counted', () => {
    const elements = elementsOf(
      findingsAsJunit(
        checked(
          finding(),
          finding({ outcome: 'warned', effect: 'warn', decision: decided([{ ...guardrail, effect: 'warn' }]) }),
          finding({ outcome: 'known', known: { reason: 'Old', owner: 'a@x.example', until: '2026-06-30' } }),
        ),
        policy,
      ),
    );
    const [suite] = elements.filter(({ name }) => name === 'testsuite');
    assert.deepEqual(suite?.attributes, {
      name: 'devterms check',
      tests: '3',
      failures: '1',
      errors: '0',
      skipped: '1',
    });
    assert.deepEqual(
      elements.map(({ name }) => name),
      ['testsuites', 'testsuite', 'testcase', 'failure', 'testcase', 'system-out', 'testcase', 'skipped'],
    );
    const [failure] = elements.filter(({ name }) => name === 'failure');
    assert.match(failure?.text ?? '', /Do not copy <supplier> code & friends\.[^]*Instead: Call[^]*Ask: legal@/);
    const [skipped] = elements.filter(({ name }) => name === 'skipped');
    assert.match(skipped?.attributes['message'] ?? '', /^Known until 30 June 2026, a@x\.example: Old\.$/);
  });

  it('hold one case that passes where nothing was found', () => {
    const elements = elementsOf(findingsAsJunit(checked(), policy));
    assert.deepEqual(
      elements.map(({ name }) => name),
      ['testsuites', 'testsuite', 'testcase'],
    );
  });

  it('are well-formed for every path and message there can be, and keep what XML can hold', () => {
    // sax takes control characters; XML 1.0 does not.
    const forbidden = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/u;
    const anything = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(anything, anything, (path, message) => {
        const xml = findingsAsJunit(checked(finding({ path, message })), policy);
        assert.ok(!forbidden.test(xml));
        const [testcase] = elementsOf(xml).filter(({ name }) => name === 'testcase');
        assert.equal(testcase?.attributes['file'], path.replace(new RegExp(forbidden, 'gu'), '\ufffd'));
      }),
    );
    assert.ok(findingsAsJunit(checked(finding({ path: 'a\u0000\u001b\ud800]]>"<&\n' })), policy).includes('&#10;'));
  });
});
