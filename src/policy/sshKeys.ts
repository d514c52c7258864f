/** SSH public keys as `ssh-keygen` writes them: `ssh-ed25519 AAAA… comment`. */

/** A public key: the name of its kind, and its bytes in SSH's own format. */
export interface SshKey {
  readonly kind: string;
  readonly blob: Uint8Array;
}

/** The kinds of key whose signatures can be checked. */
export const SSH_KEY_KINDS: readonly string[] = [
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'ssh-rsa',
];

/** The key that one line of an `id_*.pub` file writes; undefined when it is none, or names another kind than it holds. */
export function parseSshKey(line: string): SshKey | undefined {
  const [kind = '', base64 = ''] = line.trim().split(/\s+/);
  const blob = bytesOfBase64(base64);
  if (blob === undefined || blob.length < 4 || blob.length > 8192) return undefined;
  const length = new DataView(blob.buffer).getUint32(0);
  const named = new TextDecoder().decode(blob.subarray(4, 4 + length));
  return named === kind && /^[a-z0-9@.-]+$/.test(kind) ? { kind, blob } : undefined;
}

/** The bytes that base64 writes; undefined for anything else. */
export function bytesOfBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (text === '' || !/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return undefined;
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}
