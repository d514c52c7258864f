import { UserError, type Credential, type StoreAccess } from '../ports.js';
import { normalEndpoint } from '../policy/endpoints.js';

/**
 * Access to record stores from environment variables: `DEVTERMS_XAPI_ENDPOINT` with `DEVTERMS_XAPI_USER` and
 * `DEVTERMS_XAPI_PASSWORD`, or with `DEVTERMS_XAPI_TOKEN`; more stores with `_2`, `_3` … behind each name. Whoever sets the
 * endpoint has agreed to it: a policy that names another gets nothing. Throws a `UserError` for an endpoint that is none.
 */
export function environmentAccess(environment: Readonly<Record<string, string | undefined>>): StoreAccess {
  const credentials = new Map<string, Credential | undefined>();
  for (const name of Object.keys(environment).sort()) {
    const suffix = /^DEVTERMS_XAPI_ENDPOINT(_[1-9]\d?)?$/.exec(name);
    if (suffix === null) continue;
    const of = (part: string) => environment[`DEVTERMS_XAPI_${part}${suffix[1] ?? ''}`] ?? '';
    if (of('ENDPOINT') === '') continue;
    const endpoint = normalEndpoint(of('ENDPOINT'));
    if (endpoint === undefined)
      throw new UserError(`${name} is no address of a record store. Write it in full, beginning with https://.`);
    const credential: Credential | undefined =
      of('TOKEN') !== ''
        ? { kind: 'bearer', token: of('TOKEN') }
        : of('USER') !== ''
          ? { kind: 'basic', user: of('USER'), password: of('PASSWORD') }
          : undefined;
    credentials.set(endpoint, credential);
  }
  return {
    confirmed: () => Promise.resolve([...credentials.keys()]),
    credentialFor: (endpoint) => Promise.resolve(credentials.get(normalEndpoint(endpoint) ?? '')),
  };
}
