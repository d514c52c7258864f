import { format, resolveConfig } from 'prettier';
import { fileURLToPath } from 'node:url';
import { policyReference } from './policyReference.js';
import { policySchema } from './policySchema.js';

const root = new URL('../../', import.meta.url);

/** Every generated file with the text that it should have. */
export async function generatedFiles(): Promise<readonly (readonly [URL, string])[]> {
  const schema = new URL('media/developer-terms.schema.json', root);
  const filepath = fileURLToPath(schema);
  const json = await format(JSON.stringify(policySchema()), { ...(await resolveConfig(filepath)), filepath });
  return [
    [schema, json],
    // Formatted as it is written; the page asks Prettier to leave it alone.
    [new URL('docs/policy-reference.md', root), policyReference()],
  ];
}
