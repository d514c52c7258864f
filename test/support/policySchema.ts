/** The JSON Schema of `developer-terms.yaml`, for completion and hovers in editors. */
import { policyLanguage } from '../../src/policy/language.js';
import { plainValue } from '../../src/policy/readContent.js';
import { readYaml } from '../../src/policy/readYaml.js';
import { Report } from '../../src/policy/Report.js';
import { Source } from '../../src/policy/Source.js';
import type { Field, Fields, Shape, TextSort } from '../../src/policy/shape.js';

export type Schema = Readonly<Record<string, unknown>>;

/** The value that a field's example writes. */
export function exampleValue(example: string): unknown {
  const report = new Report(new Source('example.yaml', example));
  const { root } = readYaml(report);
  if (root === undefined || report.hasErrors) throw new Error(`The example is no YAML: ${example}`);
  return plainValue(root);
}

/** The whole schema, in draft 7, which the YAML and JSON extensions of VS Code read. */
export function policySchema(): Schema {
  const definitions: Record<string, Schema> = {};
  const { properties } = entrySchema(policyLanguage.fields, definitions);
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Developer terms',
    description: 'The developer terms of an agreement between companies that build together, as data.',
    type: 'object',
    additionalProperties: false,
    properties,
    required: ['version'],
    anyOf: [{ required: ['agreement', 'parties'] }, { required: ['extends'] }],
    definitions,
  };
}

function entrySchema(
  fields: Fields,
  definitions: Record<string, Schema>,
): { readonly properties: Record<string, Schema>; readonly required: readonly string[] } {
  const properties: Record<string, Schema> = {};
  for (const [key, field] of Object.entries(fields)) properties[key] = fieldSchema(field, definitions);
  return { properties, required: Object.keys(fields).filter((key) => fields[key]?.required === true) };
}

function fieldSchema(field: Field, definitions: Record<string, Schema>): Schema {
  const otherwise = leftOut(field);
  return {
    ...shapeSchema(field.shape, definitions),
    description:
      field.about.replace(/`/g, '') + (otherwise === undefined ? '' : ` Left out: ${otherwise.replace(/`/g, '')}.`),
    markdownDescription: `${field.about}${otherwise === undefined ? '' : `\n\nLeft out: ${otherwise}.`}\n\nExample: \`${field.example}\``,
    ...(typeof field.default === 'string' || typeof field.default === 'boolean' ? { default: field.default } : {}),
    examples: [exampleValue(field.example)],
  };
}

/** What counts when a field is left out, in words; undefined for a required field. */
export function leftOut(field: Field): string | undefined {
  if (field.required) return undefined;
  if (field.otherwise !== undefined) return field.otherwise;
  const value = field.default;
  if (value === undefined) return 'none';
  if (Array.isArray(value))
    return value.length === 0 ? 'none' : value.map((entry) => `\`${String(entry)}\``).join(', ');
  return typeof value === 'object' ? 'as its fields say' : `\`${value as string}\``;
}

const PATTERNS: Partial<Record<TextSort, string>> = {
  id: '^[A-Za-z0-9][A-Za-z0-9._-]*$',
  moment: '^\\d{4}-\\d{2}-\\d{2}(T\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,9})?)?(Z|[+-]\\d{2}:\\d{2}))?$',
  duration: '^P(?:\\d|T\\d{1,6}H$)[0-9YMWDTH]*$',
  hours: '^PT\\d{1,6}H$',
  address: '^[^\\s@*]+@[^\\s@*]+$',
  member: '^[^\\s@]+@[^\\s@]+$',
  marker: '^[^\\s=]{3,64}$',
  link: '^https://',
  sha256: '^[0-9a-f]{64}$',
};

const HINTS: Partial<Record<TextSort, readonly string[]>> = {
  selector: ['everyone', 'recipients', 'party:ID', 'team:PARTY/PATTERN', 'person:ADDRESS'],
  cover: ['all', 'tier:restricted', 'tier:restricted+'],
  destination: ['tool:NAME', 'remote:HOST/PATH', 'folder/**'],
  duration: ['P30D', 'P6M', 'P1Y'],
  moment: ['2026-06-30', '2026-06-30T12:00:00+02:00'],
};

function shapeSchema(shape: Shape, definitions: Record<string, Schema>): Schema {
  switch (shape.kind) {
    case 'text': {
      const pattern = PATTERNS[shape.sort];
      const hints = HINTS[shape.sort];
      return {
        type: 'string',
        ...(pattern === undefined ? { minLength: 1 } : { pattern }),
        ...(hints === undefined ? {} : { examples: hints }),
      };
    }
    case 'count':
      return { type: 'integer', minimum: 1 };
    case 'flag':
      return { type: 'boolean' };
    case 'version':
      return { type: 'integer', const: 1 };
    case 'choice':
      return { type: 'string', enum: shape.of };
    case 'list': {
      const items = shapeSchema(shape.of, definitions);
      const list = { type: 'array', items, ...(shape.least > 0 ? { minItems: shape.least } : {}) };
      return shape.single ? { anyOf: [items, list] } : list;
    }
    case 'map':
      return {
        type: 'object',
        additionalProperties: shapeSchema(shape.of, definitions),
        ...(shape.keys.kind === 'choice' ? { propertyNames: { enum: shape.keys.of } } : {}),
      };
    case 'either':
      return { anyOf: [shapeSchema(shape.word, definitions), shapeSchema(shape.map, definitions)] };
    case 'entry': {
      const name = shape.noun.replace(/ /g, '-');
      if (definitions[name] === undefined) {
        definitions[name] = {};
        const { properties, required } = entrySchema(shape.fields, definitions);
        definitions[name] = {
          type: 'object',
          properties,
          ...(required.length > 0 ? { required } : {}),
          additionalProperties: false,
        };
      }
      // Beside $ref nothing else counts in draft 7, and the field's own description has to.
      return { allOf: [{ $ref: `#/definitions/${name}` }] };
    }
  }
}
