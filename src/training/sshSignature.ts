/**
 * SSH signatures of files, as `ssh-keygen -Y sign` writes them (the format is OpenSSH's PROTOCOL.sshsig). They are checked
 * here and with WebCrypto, so that an editor that must start no process can check them too, in a browser as well.
 */
import { bytesOfBase64, parseSshKey, type SshKey } from '../policy/sshKeys.js';

/** What a signature is worth: who of `keys` made it, or in a few words why it counts for nothing. */
export type SignatureCheck =
  | { readonly kind: 'good'; /** Which of the keys, counted from 0. */ readonly key: number }
  /** Somebody signed who is none of those whose signature counts. */
  | { readonly kind: 'stranger' }
  | { readonly kind: 'bad'; readonly why: string };

/** The purpose that a signature of a course register names, so that one given for something else cannot be put beside it. */
export const NAMESPACE = 'developer-terms';

const MAGIC = 'SSHSIG';

/** Checks the armoured signature of a message against public keys, each the line of a `.pub` file. Never rejects. */
export async function checkSshSignature(
  armoured: string,
  message: Uint8Array,
  keys: readonly string[],
): Promise<SignatureCheck> {
  const bad = (why: string): SignatureCheck => ({ kind: 'bad', why });
  const blob = unarmoured(armoured);
  if (blob === undefined) return bad('it is no SSH signature');
  try {
    const reader = new Reader(blob);
    if (reader.plain(6) !== MAGIC || reader.number() !== 1) return bad('it is no SSH signature that is known here');
    const publicKey = reader.bytes();
    const namespace = reader.text();
    const reserved = reader.bytes();
    const hash = reader.text();
    const signature = new Reader(reader.bytes());
    if (!reader.isAtEnd) return bad('it is no SSH signature');
    if (namespace !== NAMESPACE) return bad(`it was made for another purpose than '${NAMESPACE}'`);
    const digest = DIGESTS[hash];
    if (digest === undefined) return bad('its hash is not known here');
    const signed = joined([
      new TextEncoder().encode(MAGIC),
      framed(new TextEncoder().encode(namespace)),
      framed(reserved),
      framed(new TextEncoder().encode(hash)),
      framed(new Uint8Array(await crypto.subtle.digest(digest, owned(message)))),
    ]);
    const isGood = await isSignedBy(publicKey, signature, signed);
    if (isGood === undefined) return bad('it was made with a kind of key that is not known here');
    if (!isGood) return bad('the file is not what was signed');
    const key = keys.map(parseSshKey).findIndex((known) => known !== undefined && isSame(known.blob, publicKey));
    return key < 0 ? { kind: 'stranger' } : { kind: 'good', key };
  } catch {
    // Lengths that lead out of the signature, points that lie on no curve.
    return bad('it is damaged');
  }
}

const DIGESTS: Readonly<Record<string, string>> = { sha256: 'SHA-256', sha512: 'SHA-512' };

function unarmoured(text: string): Uint8Array | undefined {
  const found = /^\s*-----BEGIN SSH SIGNATURE-----([A-Za-z0-9+/=\s]{1,20000})-----END SSH SIGNATURE-----\s*$/.exec(
    text,
  );
  return found === null ? undefined : bytesOfBase64((found[1] ?? '').replace(/\s+/g, ''));
}

/** True when the signature fits; undefined for a kind of key or signature that is not known. */
async function isSignedBy(publicKey: Uint8Array, signature: Reader, signed: Uint8Array): Promise<boolean | undefined> {
  const key = new Reader(publicKey);
  const kind = key.text();
  const signatureKind = signature.text();
  const proof = signature.bytes();
  const curve = CURVES[kind];
  if (curve !== undefined) {
    if (signatureKind !== kind || key.text() !== curve.ssh) return undefined;
    const imported = await crypto.subtle.importKey(
      'raw',
      key.bytes(),
      { name: 'ECDSA', namedCurve: curve.name },
      false,
      ['verify'],
    );
    const numbers = new Reader(proof);
    const pair = joined([padded(numbers.bytes(), curve.size), padded(numbers.bytes(), curve.size)]);
    return crypto.subtle.verify({ name: 'ECDSA', hash: curve.hash }, imported, pair, owned(signed));
  }
  if (kind === 'ssh-ed25519') {
    if (signatureKind !== kind) return undefined;
    const imported = await crypto.subtle.importKey('raw', key.bytes(), 'Ed25519', false, ['verify']);
    return crypto.subtle.verify('Ed25519', imported, owned(proof), owned(signed));
  }
  // `ssh-rsa` signs with SHA-1, which anybody may forge by now; the two that replaced it use the same keys.
  const hash = { 'rsa-sha2-256': 'SHA-256', 'rsa-sha2-512': 'SHA-512' }[signatureKind];
  if (kind !== 'ssh-rsa' || hash === undefined) return undefined;
  const [exponent, modulus] = [key.bytes(), withoutSign(key.bytes())];
  if (modulus.length < SHORTEST_RSA_KEY) return undefined;
  const imported = await crypto.subtle.importKey(
    'jwk',
    { kty: 'RSA', n: base64url(modulus), e: base64url(withoutSign(exponent)) },
    { name: 'RSASSA-PKCS1-v1_5', hash },
    false,
    ['verify'],
  );
  return crypto.subtle.verify('RSASSA-PKCS1-v1_5', imported, owned(proof), owned(signed));
}

/** In bytes: shorter keys can be broken. */
const SHORTEST_RSA_KEY = 256;

const CURVES: Readonly<
  Record<string, { readonly ssh: string; readonly name: string; readonly hash: string; readonly size: number }>
> = {
  'ecdsa-sha2-nistp256': { ssh: 'nistp256', name: 'P-256', hash: 'SHA-256', size: 32 },
  'ecdsa-sha2-nistp384': { ssh: 'nistp384', name: 'P-384', hash: 'SHA-384', size: 48 },
  'ecdsa-sha2-nistp521': { ssh: 'nistp521', name: 'P-521', hash: 'SHA-512', size: 66 },
};

/** Reads SSH's own format: numbers of four bytes, and bytes that follow their length. Throws at the end. */
class Reader {
  private at = 0;

  constructor(private readonly all: Uint8Array) {}

  get isAtEnd(): boolean {
    return this.at === this.all.length;
  }

  plain(length: number): string {
    return new TextDecoder().decode(this.take(length));
  }

  number(): number {
    const four = this.take(4);
    return new DataView(four.buffer, four.byteOffset, 4).getUint32(0);
  }

  bytes(): Uint8Array<ArrayBuffer> {
    return owned(this.take(this.number()));
  }

  text(): string {
    return new TextDecoder().decode(this.bytes());
  }

  private take(length: number): Uint8Array {
    if (this.at + length > this.all.length) throw new RangeError('The bytes end too soon.');
    this.at += length;
    return this.all.subarray(this.at - length, this.at);
  }
}

function framed(bytes: Uint8Array): Uint8Array {
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, bytes.length);
  return joined([length, bytes]);
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** A copy in memory of its own, which is what WebCrypto takes. */
function owned(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes);
}

/** A positive number without the zero that keeps it from being negative. */
function withoutSign(number: Uint8Array): Uint8Array {
  return number[0] === 0 ? number.subarray(1) : number;
}

function padded(number: Uint8Array, size: number): Uint8Array {
  const digits = withoutSign(number);
  if (digits.length > size) throw new RangeError('The number is too large.');
  return joined([new Uint8Array(size - digits.length), digits]);
}

function base64url(bytes: Uint8Array): string {
  const text = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  return text.replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
}

function isSame(one: SshKey['blob'], other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}
