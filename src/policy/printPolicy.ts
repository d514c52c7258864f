import { policyLanguage, type PolicyContent } from './language.js';
import { plainMeaning } from './scalars.js';
import type { Fields, Shape } from './shape.js';

/**
 * A policy as YAML text that parses to the same policy. Written as people write it: sections in the order of the
 * language, short entries between braces, what is left to its default left out.
 */
export function printPolicy(policy: PolicyContent): string {
  const lines: string[] = [];
  const { fields } = policyLanguage;
  for (const [key, field] of Object.entries(fields)) {
    const value = (policy as unknown as Readonly<Record<string, unknown>>)[key];
    if (value === undefined || isSame(value, field.default)) continue;
    const { shape } = field;
    if (shape.kind === 'list' && Array.isArray(value) && value.length > 0) {
      lines.push(`${key}:`, ...value.map((entry) => `  - ${flow(shape.of, entry)}`));
    } else if (shape.kind === 'entry') {
      const written = writtenFields(shape.fields, value as Readonly<Record<string, unknown>>);
      if (written.length === 0) lines.push(`${key}: {}`);
      else lines.push(`${key}:`, ...written.map(([name, inner, content]) => `  ${name}: ${flow(inner, content)}`));
    } else {
      lines.push(`${key}: ${flow(shape, value)}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

/** One entry of a list of the policy between braces, or one field of it, as the policy's own printer writes it. */
export function printEntry(
  list: 'waivers' | 'grants',
  entry: Readonly<Record<string, unknown>>,
  field?: string,
): string {
  const { shape } = policyLanguage.fields[list];
  const inner = (shape as Shape & { readonly kind: 'list' }).of;
  if (field === undefined) return flow(inner, entry);
  const found = inner.kind === 'entry' ? inner.fields[field] : undefined;
  return found === undefined ? JSON.stringify(entry[field]) : flow(found.shape, entry[field]);
}

/** A value as flow YAML. */
function flow(shape: Shape, value: unknown): string {
  switch (shape.kind) {
    case 'list': {
      const entries = value as readonly unknown[];
      return `[${entries.map((entry) => flow(shape.of, entry)).join(', ')}]`;
    }
    case 'map':
      return `{${Object.entries(value as object)
        .map(([key, entry]) => `${quoted(key)}: ${flow(shape.of, entry)}`)
        .join(', ')}}`;
    case 'entry':
      return `{${writtenFields(shape.fields, value as Readonly<Record<string, unknown>>)
        .map(([key, inner, entry]) => `${key}: ${flow(inner, entry)}`)
        .join(', ')}}`;
    case 'either': {
      if (typeof value === 'string') return flow(shape.word, value);
      const keys = Object.keys(value as object).filter(
        (key) => (value as Readonly<Record<string, unknown>>)[key] !== undefined,
      );
      const [only] = keys;
      if (shape.lift !== undefined && keys.length === 1 && only === shape.lift) {
        return flow(shape.word, (value as Readonly<Record<string, unknown>>)[only]);
      }
      return flow(shape.map, value);
    }
    case 'text':
      return shape.sort === 'clause' ? quoted(String(value)) : plainOrQuoted(String(value));
    case 'choice':
    case 'count':
    case 'flag':
    case 'version':
      return String(value);
  }
}

/** The fields that have to be written: what differs from its default. */
function writtenFields(
  fields: Fields,
  value: Readonly<Record<string, unknown>>,
): readonly (readonly [string, Shape, unknown])[] {
  return Object.entries(fields).flatMap(([key, field]) => {
    const content = value[key];
    return content === undefined || isSame(content, field.default) ? [] : [[key, field.shape, content] as const];
  });
}

function isSame(value: unknown, other: unknown): boolean {
  if (value === other) return true;
  if (typeof value !== 'object' || typeof other !== 'object' || value === null || other === null) return false;
  if (Array.isArray(value) !== Array.isArray(other)) return false;
  const keys = (of: object) =>
    Object.keys(of).filter((key) => (of as Readonly<Record<string, unknown>>)[key] !== undefined);
  const one = keys(value);
  return (
    one.length === keys(other).length &&
    one.every((key) =>
      isSame((value as Readonly<Record<string, unknown>>)[key], (other as Readonly<Record<string, unknown>>)[key]),
    )
  );
}

/** A text without quotes where nobody could take it for anything else. */
function plainOrQuoted(text: string): string {
  const plain = /^[A-Za-z0-9][A-Za-z0-9 ./_@+-]*$/.test(text) && !text.endsWith(' ') && plainMeaning(text) === text;
  return plain ? text : quoted(text);
}

function quoted(text: string): string {
  // JSON leaves some characters as they are that a reader of YAML may take for line ends or refuse.
  return JSON.stringify(text).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
