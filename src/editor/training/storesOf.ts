import { normalEndpoint } from '../../policy/endpoints.js';
import type { FolderTerms } from '../FolderTerms.js';

/** The record stores that a folder's policy names, each in its normal form. */
export function storesOf(folder: FolderTerms): readonly string[] {
  const endpoints = folder.policy?.records.flatMap(({ kind, endpoint }) =>
    kind === 'xapi' ? (normalEndpoint(endpoint ?? '') ?? []) : [],
  );
  return [...new Set(endpoints)];
}
