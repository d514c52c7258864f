import { gitPerson } from '../../node/gitPerson.js';
import { UserError, type Person } from '../../ports.js';
import type { CheckRequest } from './CheckRequest.js';

/** For whom it is judged: who was named, else the author that git would record in a folder, or as it was `found` already. Rejects with a `UserError` where there is none. */
export async function personOf(
  { who }: Pick<CheckRequest, 'who'>,
  folder: string,
  found?: Promise<Person>,
): Promise<string> {
  if (who !== undefined) return who;
  const { address, source } = await (found ?? gitPerson(folder, 'author'));
  if (address === undefined) throw new UserError(`Say for whom: --who ADDRESS; ${source}.`);
  return address;
}
