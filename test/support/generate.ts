/** `npm run generate`: writes what is made from the description of the policy language. */
import { mkdir, writeFile } from 'node:fs/promises';
import { generatedFiles } from './generatedFiles.js';

for (const [path, text] of await generatedFiles()) {
  await mkdir(new URL('.', path), { recursive: true });
  await writeFile(path, text);
}
