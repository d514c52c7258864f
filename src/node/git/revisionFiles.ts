import type { Files } from '../../ports.js';
import type { ObjectReader } from './ObjectReader.js';

/**
 * The files of a revision: a commit's id, or '' for what is staged. Links are read as the text that git keeps of them.
 *
 * @param folder the folder that paths are relative to, from the repository's root, with `/` behind it; '' for the root
 */
export function revisionFiles(reader: ObjectReader, revision: string, folder: string): Files {
  const name = (path: string): string => `${revision}:${revision === '' ? '0:' : ''}${folder}${path}`;
  return {
    read: async (path) => {
      const object = await reader.read(name(path));
      return object?.type === 'blob' ? object.bytes : undefined;
    },
    target: (path) => Promise.resolve(path),
  };
}
