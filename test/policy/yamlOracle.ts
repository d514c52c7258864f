import { isScalar, parseDocument, visit } from 'yaml';
import { readYaml } from '../../src/policy/readYaml.js';
import { plainValue } from '../../src/policy/readContent.js';
import { Report } from '../../src/policy/Report.js';
import { Source } from '../../src/policy/Source.js';

/** What our reader makes of a text: its value, and the codes of its problems. */
export function ours(text: string): { readonly value: unknown; readonly codes: readonly string[] } {
  const report = new Report(new Source('a.yaml', text));
  const { root } = readYaml(report);
  return {
    value: root === undefined ? null : plainValue(root),
    codes: report.problems().map(({ code }) => code),
  };
}

/** What the `yaml` package makes of it; undefined when it finds fault with it. */
export function theirs(text: string): { readonly value: unknown } | undefined {
  const document = parseDocument(text, { prettyErrors: false, logLevel: 'error', schema: 'core' });
  if (document.errors.length > 0 || document.warnings.length > 0) return undefined;
  let beyond = document.directives.tags['!!'] !== 'tag:yaml.org,2002:';
  visit(document, {
    Alias: () => {
      beyond = true;
    },
    Node: (_key, node) => {
      if ('anchor' in node && node.anchor !== undefined) beyond = true;
      if (node.tag !== undefined) beyond = true;
    },
    Pair: (_key, { key }) => {
      if (!isScalar(key) || key.value === null) beyond = true;
    },
  });
  return beyond ? undefined : { value: document.toJS() as unknown };
}
