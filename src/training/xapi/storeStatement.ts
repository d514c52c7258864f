import { normalEndpoint } from '../../policy/endpoints.js';
import type { Clock, Network } from '../../ports.js';
import type { SourceFault } from '../CourseRecords.js';
import { XapiStore } from './XapiStore.js';

/**
 * Stores a statement in the record store at an endpoint, once however often it is tried. Nothing is sent to an endpoint that
 * nobody agreed to. Never rejects.
 */
export async function storeStatement(
  statement: { readonly id: string },
  endpoint: string,
  network: Network,
  clock: Clock,
): Promise<'stored' | SourceFault> {
  const meant = normalEndpoint(endpoint);
  const confirmed = (await network.access.confirmed()).map((text) => normalEndpoint(text) ?? text);
  if (meant === undefined || !confirmed.includes(meant)) return { kind: 'unconfirmed', confirmed };
  const credential = await network.access.credentialFor(meant);
  if (credential === undefined) return { kind: 'no-credential' };
  return new XapiStore(meant, credential, network, clock).put(statement);
}
