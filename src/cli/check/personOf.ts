import { gitPerson } from '../../node/gitPerson.js';
import { UserError } from '../../ports.js';
import type { CheckRequest } from './CheckRequest.js';

/** For whom it is judged: who was named, else the author that git would record in a folder. Rejects with a `UserError` where there is none. */
export async function personOf({ who }: Pick<CheckRequest, 'who'>, folder: string): Promise<string> {
  if (who !== undefined) return who;
  const { address, source } = await gitPerson(folder, 'author');
  if (address === undefined) throw new UserError(`Say for whom: --who ADDRESS; ${source}.`);
  return address;
}
