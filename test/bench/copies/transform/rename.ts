import { keywordsOf } from '../keywords.js';
import type { Random } from '../random.js';
import { piecesOf } from './pieces.js';
import type { Job } from './Transformation.js';

const stock =
  'amber basin cedar delta ember fjord grove harbor island jade kelp lagoon meadow north ocean pine quartz river summit tundra upland valley willow yonder zephyr anchor beacon cargo dock engine ferry gauge hull inlet jetty keel ledger mast nozzle orbit piston queue rotor sluice turbine valve winch axle bolt clutch drum flange gear hinge lever pulley spring washer alpha bravo carbon dynamo echo fuse grid helix ion joule kiln lumen magnet neon ohm proton quark relay solar tesla unit volt watt xenon yield zinc'.split(
    ' ',
  );

/** Every identifier gets another name, the same one everywhere; strings, numbers and comments are reworded. */
export function renamed(job: Job): string {
  return rename(job, 1);
}

/** Every second identifier and literal, taken by chance, is renamed. */
export function halfRenamed(job: Job): string {
  return rename(job, 0.5);
}

function rename(job: Job, share: number): string {
  const { random, range } = job;
  const keywords = keywordsOf(range.file.language);
  const names = new Map<string, string>();
  const used = new Set<string>();
  let text = '';
  for (const piece of piecesOf(range)) {
    if (piece.kind === 'word' && !keywords.has(piece.text)) {
      let name = names.get(piece.text);
      if (name === undefined) {
        name = random.chance(share) ? freshName(piece.text, random, used) : piece.text;
        names.set(piece.text, name);
      }
      text += name;
    } else if (piece.kind === 'number' && random.chance(share)) text += otherNumber(piece.text, random);
    else if ((piece.kind === 'string' || piece.kind === 'comment') && random.chance(share))
      text += piece.text.replace(
        /(\\.)|\p{L}{3,}/gu,
        (word, escaped?: string) => escaped ?? likeCase(word, random.pick(stock)),
      );
    else text += piece.text;
  }
  return text;
}

function freshName(old: string, random: Random, used: Set<string>): string {
  const sigil = /^[$_]+/.exec(old)?.[0] ?? '';
  const body = old.slice(sigil.length);
  const parts = Math.min(4, Math.max(1, body.split(/_+|(?<=[a-z0-9])(?=[A-Z])/).filter(Boolean).length));
  for (let tries = 0; ; tries++) {
    const words = Array.from({ length: parts + (tries > 20 ? 1 : 0) }, () => random.pick(stock));
    let name: string;
    if (body.length <= 1) name = String.fromCharCode(97 + random.between(0, 25));
    else if (/^[A-Z0-9_]+$/.test(body)) name = words.join('_').toUpperCase();
    else if (body.includes('_')) name = words.join('_');
    else name = words.map((word, at) => (at > 0 || /^[A-Z]/.test(body) ? capital(word) : word)).join('');
    if (body.length <= 1 && tries > 20) name += random.between(1, 99);
    if (!used.has(name) || tries > 60) {
      used.add(name);
      return sigil + name;
    }
  }
}

function otherNumber(old: string, random: Random): string {
  if (/^0[xX]/.test(old)) return `0x${random.between(16, 65535).toString(16)}`;
  if (old.includes('.')) return `${random.between(0, 99)}.${random.between(1, 9)}${/[fFlL]$/.exec(old)?.[0] ?? ''}`;
  return `${random.between(2, old.length > 2 ? 999 : 99)}${/[a-zA-Z]+$/.exec(old)?.[0] ?? ''}`;
}

function likeCase(old: string, word: string): string {
  if (old === old.toUpperCase()) return word.toUpperCase();
  return /^\p{Lu}/u.test(old) ? capital(word) : word;
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
