import { CompactSign, exportJWK, generateKeyPair, type CompactJWSHeaderParameters } from 'jose';
import type { SigningKey } from '../../src/policy/language.js';

/** The identifier that badges of the tests name as their issuer. */
export const ISSUER = 'https://learn.example/issuer';

/** Somebody who signs badges, with a key of their own. */
export class BadgeIssuer {
  private constructor(
    readonly algorithm: string,
    private readonly privateKey: CryptoKey,
    /** The public key. */
    readonly key: SigningKey,
  ) {}

  static async with(algorithm = 'EdDSA'): Promise<BadgeIssuer> {
    const { publicKey, privateKey } = await generateKeyPair(algorithm, { extractable: true });
    return new BadgeIssuer(algorithm, privateKey, (await exportJWK(publicKey)) as SigningKey);
  }

  /** A signed JWT: of a credential, or of any text. */
  sign(payload: unknown, header: Partial<CompactJWSHeaderParameters> = {}): Promise<string> {
    return new CompactSign(new TextEncoder().encode(typeof payload === 'string' ? payload : JSON.stringify(payload)))
      .setProtectedHeader({ alg: this.algorithm, typ: 'JWT', ...header })
      .sign(this.privateKey);
  }
}

/** An Open Badge 3.0 of the course `urn:c` for ana@helio.example, or one that differs from it. */
export function credential(more: object = {}): object {
  return {
    '@context': ['https://www.w3.org/ns/credentials/v2', 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'],
    id: 'urn:uuid:5d5b1c1e-6a47-4d8d-9a5f-0f2b6b0a0001',
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    issuer: { id: ISSUER, type: ['Profile'] },
    validFrom: '2026-03-01T09:00:00Z',
    credentialSubject: subject({ id: 'mailto:ana@helio.example' }),
    ...more,
  };
}

/** Whom a badge is for, and for which achievement. */
export function subject(who: object, achievement = 'urn:c'): object {
  return { type: 'AchievementSubject', achievement: { id: achievement, type: 'Achievement' }, ...who };
}
