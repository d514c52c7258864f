/** What each sort of text has to look like. Whether the things it names exist is another question, asked in `checks/`. */
import { parseDuration } from './durations.js';
import { isZone, parseMoment } from './moments.js';
import type { ProblemCode } from './problemCodes.js';
import { normalEndpoint } from './endpoints.js';
import { SELECTOR_WORDS } from './language.js';
import type { TextSort } from './shape.js';
import { patternProblem } from './patternProblem.js';
import { parseSshKey, SSH_KEY_KINDS } from './sshKeys.js';

/** What is wrong with a text, and where it is plain what was meant, the text that was meant. */
export interface Fault {
  readonly code: ProblemCode;
  readonly message: string;
  readonly instead?: string;
}

const ID = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;
const RESERVED = new Set<string>([...SELECTOR_WORDS, 'all', 'any']);
const ADDRESS = /^[^\s@,;<>()[\]"*]+@[^\s@,;<>()[\]"*.]+(?:\.[^\s@,;<>()[\]"*.]+)*$/;
const ADDRESS_PATTERN = /^[^\s@,;<>()[\]"]+@[^\s@,;<>()[\]".]+(?:\.[^\s@,;<>()[\]".]+)*$/;
/** Longer than any address or name; keeps the checks of a text short. */
const LONGEST_WORD = 320;

/** The fault in a text that stands for `sort`; undefined when there is none. */
export function faultOf(sort: TextSort, text: string): Fault | undefined {
  switch (sort) {
    case 'text':
    case 'sentence':
    case 'clause':
      return undefined;
    case 'id':
      return idFault(text);
    case 'moment':
      return momentFault(text);
    case 'duration':
      return durationFault(text);
    case 'hours':
      return /^PT\d{1,6}H$/.test(text)
        ? undefined
        : { code: 'bad-duration', message: `\`${shown(text)}\` is not a number of hours. Write it like PT72H.` };
    case 'zone':
      return isZone(text)
        ? undefined
        : {
            code: 'bad-zone',
            message: `\`${shown(text)}\` is no time zone. Write its IANA name, such as Europe/Berlin or UTC.`,
          };
    case 'address':
      return text.length <= LONGEST_WORD && ADDRESS.test(text) ? undefined : addressFault(text, false);
    case 'member':
      return text.length <= LONGEST_WORD && ADDRESS_PATTERN.test(text) ? undefined : addressFault(text, true);
    case 'selector':
      return selectorFault(text);
    case 'cover':
      return coverFault(text);
    case 'destination':
      return destinationFault(text);
    case 'pattern':
      return patternFault(text);
    case 'marker':
      return markerFault(text);
    case 'link':
      return linkFault(text);
    case 'iri':
      return /^[A-Za-z][A-Za-z0-9+.-]*:\S+$/.test(text)
        ? undefined
        : {
            code: 'bad-iri',
            message: `\`${shown(text)}\` is no absolute IRI. Write the whole identifier, such as https://learn.example/courses/terms.`,
          };
    case 'sha256':
      return /^[0-9a-f]{64}$/.test(text)
        ? undefined
        : /^[0-9A-Fa-f]{64}$/.test(text)
          ? { code: 'bad-hash', message: 'Write the SHA-256 in lower case.', instead: text.toLowerCase() }
          : { code: 'bad-hash', message: 'A SHA-256 is 64 hexadecimal digits. `sha256sum FILE` prints it.' };
    case 'path':
      return pathFault(text);
    case 'endpoint':
      return endpointFault(text);
    case 'domain':
      return /^[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+$/.test(text)
        ? undefined
        : {
            code: 'bad-address',
            message: `\`${shown(text)}\` is no domain. Write what stands behind the @: helio.example.`,
          };
    case 'sshkey':
      return sshKeyFault(text);
  }
}

/** A text as a message shows it: never longer than a line. */
export function shown(text: string): string {
  const line = text.slice(0, 200).replace(/\s+/g, ' ');
  return line.length <= 60 ? line : `${line.slice(0, 57)}…`;
}

/** A noun with its article: "an asset". */
export function article(noun: string): string {
  return `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;
}

function idFault(text: string): Fault | undefined {
  if (RESERVED.has(text)) {
    return { code: 'bad-id', message: `\`${text}\` is a word of the language. Choose another id.` };
  }
  if (text.length <= 128 && ID.test(text)) return undefined;
  const mended = text
    .trim()
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+|-+$/g, '')
    .slice(0, 128);
  return {
    code: 'bad-id',
    message: `\`${shown(text)}\` cannot be an id. Use letters, digits, dots, dashes and underscores, beginning with a letter or digit.`,
    ...(mended === '' ? {} : { instead: mended }),
  };
}

function momentFault(text: string): Fault | undefined {
  if (parseMoment(text) !== undefined) return undefined;
  const said = `\`${shown(text)}\``;
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) {
    return { code: 'bad-date', message: `${said} is no day of the calendar. Correct the month or the day.` };
  }
  if (/^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?$/.test(text)) {
    return {
      code: 'bad-date',
      message: `${said} has a time but no offset, so it names no instant. Add Z or an offset such as +02:00, or write the day alone.`,
    };
  }
  const loose = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(text);
  if (loose !== null) {
    const day = `${loose[1]}-${loose[2]?.padStart(2, '0')}-${loose[3]?.padStart(2, '0')}`;
    if (parseMoment(day) !== undefined) {
      return { code: 'bad-date', message: `Write ${said} as ${day}.`, instead: day };
    }
  }
  return {
    code: 'bad-date',
    message: `${said} is no date. Write a day as 2026-06-30, or an instant with its offset as 2026-06-30T12:00:00+02:00.`,
  };
}

function durationFault(text: string): Fault | undefined {
  if (parseDuration(text) !== undefined) return undefined;
  const said = `\`${shown(text)}\``;
  if (/^P.*\dT\d|^P.+T./.test(text)) {
    return {
      code: 'bad-duration',
      message: `${said} mixes days and hours, which are counted differently. Write whole days (P2D) or hours alone (PT48H).`,
    };
  }
  const words = /^(\d+)\s*(d|days?|w|weeks?|m|months?|y|years?|h|hours?)$/i.exec(text);
  if (words !== null) {
    const unit = (words[2] ?? '').charAt(0).toUpperCase();
    const instead = unit === 'H' ? `PT${words[1]}H` : `P${words[1]}${unit}`;
    return { code: 'bad-duration', message: `Write ${said} as ${instead}.`, instead };
  }
  if (/^PT\d+[MS]/.test(text)) {
    return { code: 'bad-duration', message: `${said} is too fine. The smallest unit is the hour, as in PT72H.` };
  }
  if (text !== text.toUpperCase() && parseDuration(text.toUpperCase()) !== undefined) {
    return { code: 'bad-duration', message: `Write ${said} in capitals.`, instead: text.toUpperCase() };
  }
  return {
    code: 'bad-duration',
    message: `${said} is no duration. Write P30D, P2W, P6M or P1Y, or hours as PT72H.`,
  };
}

function addressFault(text: string, patterns: boolean): Fault {
  const said = `\`${shown(text)}\``;
  const inner = /<([^<>\s]+@[^<>\s]+)>/.exec(text)?.[1];
  if (inner !== undefined && ADDRESS.test(inner)) {
    return { code: 'bad-address', message: `Write the address alone: ${inner}.`, instead: inner };
  }
  if (!patterns && text.includes('*') && ADDRESS_PATTERN.test(text)) {
    return { code: 'bad-address', message: `${said} is a pattern. Name one person here.` };
  }
  return { code: 'bad-address', message: `${said} is no address. Write it like ana@helio.example.` };
}

function selectorFault(text: string): Fault | undefined {
  const said = `\`${shown(text)}\``;
  const known = 'Write a team id, team:PARTY/PATTERN, party:ID, person:ADDRESS, everyone or recipients.';
  if (text.length > LONGEST_WORD) return { code: 'bad-selector', message: `${said} is too long. ${known}` };
  const [, prefix, rest = ''] = /^([^:]*):(.*)$/s.exec(text) ?? [];
  switch (prefix) {
    case undefined:
      if (ID.test(text)) return undefined;
      if (ADDRESS_PATTERN.test(text)) {
        return {
          code: 'bad-selector',
          message: `${said} is an address; say that it is a person: person:${text}.`,
          instead: `person:${text}`,
        };
      }
      return { code: 'bad-selector', message: `${said} selects nobody. ${known}` };
    case 'party':
      return ID.test(rest)
        ? undefined
        : { code: 'bad-selector', message: `${said} names no party. Write party: and the party's id.` };
    case 'person':
      return ADDRESS_PATTERN.test(rest)
        ? undefined
        : { code: 'bad-selector', message: `${said} names no person. Write person: and an address.` };
    case 'team':
      return /^[A-Za-z0-9][A-Za-z0-9._-]*\/[A-Za-z0-9._*-]+$/.test(rest)
        ? undefined
        : {
            code: 'bad-selector',
            message: `${said} is incomplete. Write team:PARTY/PATTERN, such as team:helio/tent-*; one team alone is written by its id.`,
          };
    default:
      return { code: 'bad-selector', message: `${said} selects nobody. ${known}` };
  }
}

function coverFault(text: string): Fault | undefined {
  if (text === 'all' || ID.test(text) || /^tier:[A-Za-z0-9][A-Za-z0-9._-]*\+?$/.test(text)) return undefined;
  const said = `\`${shown(text)}\``;
  if (/[*/]/.test(text)) {
    return {
      code: 'bad-cover',
      message: `${said} looks like a path. Give these files to an asset by its paths, and name the asset here.`,
    };
  }
  return {
    code: 'bad-cover',
    message: `${said} covers nothing. Write an asset id, tier:NAME, tier:NAME+ (that tier and above) or all.`,
  };
}

function destinationFault(text: string): Fault | undefined {
  const place = text.startsWith('!') ? text.slice(1) : text;
  const said = `\`${shown(text)}\``;
  if (place.startsWith('tool:') || place.startsWith('remote:')) {
    const rest = place.slice(place.indexOf(':') + 1);
    if (rest.trim() === '' || /\s/.test(rest)) {
      const form = place.startsWith('tool:') ? 'tool:NAME' : 'remote:HOST/PATH';
      return { code: 'bad-destination', message: `${said} names no place. Write ${form}.` };
    }
    if (place.startsWith('remote:') && /^[a-z][a-z0-9+.-]*:\/\//i.test(rest)) {
      const instead = `${text.startsWith('!') ? '!' : ''}remote:${rest.replace(/^[a-z][a-z0-9+.-]*:\/\//i, '')}`;
      return {
        code: 'bad-destination',
        message: `Write the remote without its protocol: ${shown(instead)}.`,
        instead,
      };
    }
    return rest.length > 1000 ? { code: 'bad-destination', message: `${said} is too long to be a place.` } : undefined;
  }
  const path = place.startsWith('path:') ? place.slice('path:'.length) : place;
  const kind = /^([a-z]+):/i.exec(path)?.[1];
  if (kind !== undefined && !place.startsWith('path:')) {
    return {
      code: 'bad-destination',
      message: `\`${kind}:\` is no kind of place. Write a path pattern, remote:HOST/PATH or tool:NAME.`,
    };
  }
  const problem = patternProblem(path);
  return problem === undefined ? undefined : { code: 'bad-destination', message: `${said}: ${problem}` };
}

function patternFault(text: string): Fault | undefined {
  const problem = patternProblem(text.startsWith('!') ? text.slice(1) : text);
  return problem === undefined ? undefined : { code: 'bad-pattern', message: `\`${shown(text)}\`: ${problem}` };
}

function markerFault(text: string): Fault | undefined {
  if (/^[^\s=]{3,64}$/.test(text)) return undefined;
  return {
    code: 'bad-marker',
    message: `\`${shown(text)}\` cannot be a marker. Use one word of 3 to 64 characters without spaces or "=".`,
  };
}

function linkFault(text: string): Fault | undefined {
  if (/^https:\/\/[^\s/?#@]+(?:[/?#]\S*)?$/.test(text)) return undefined;
  const said = `\`${shown(text)}\``;
  if (/^http:\/\//.test(text)) {
    return {
      code: 'bad-link',
      message: `${said} is not encrypted. Use https.`,
      instead: text.replace(/^http:/, 'https:'),
    };
  }
  return { code: 'bad-link', message: `${said} is no link. Write it in full, beginning with https://.` };
}

function endpointFault(text: string): Fault | undefined {
  if (text.length <= 1000 && normalEndpoint(text) !== undefined) return undefined;
  const said = `\`${shown(text)}\``;
  if (/^http:/i.test(text))
    return { code: 'bad-endpoint', message: `${said} is not encrypted, and credentials are sent there. Use https.` };
  if (/^https:/i.test(text) && /[@?#]/.test(text))
    return {
      code: 'bad-endpoint',
      message:
        'An endpoint has no name, password, `?` or `#` in it. Write its address alone; credentials are asked for.',
    };
  return { code: 'bad-endpoint', message: `${said} is no address of a record store. Begin with https://.` };
}

function sshKeyFault(text: string): Fault | undefined {
  if (/PRIVATE KEY/.test(text))
    return {
      code: 'bad-ssh-key',
      message:
        'This is a private key, which is now known to all who read this. Replace it, and write the public key (.pub).',
    };
  const key = parseSshKey(text);
  if (key === undefined)
    return {
      code: 'bad-ssh-key',
      message: `\`${shown(text)}\` is no SSH public key. Copy the line of the .pub file: ssh-ed25519 AAAA….`,
    };
  if (SSH_KEY_KINDS.includes(key.kind)) return undefined;
  return {
    code: 'bad-ssh-key',
    message: `Signatures of the kind ${shown(key.kind)} cannot be checked here. Use one of ${SSH_KEY_KINDS.join(', ')}.`,
  };
}

function pathFault(text: string): Fault | undefined {
  const parts = text.split('/');
  const bad =
    /^([A-Za-z]:|\/)/.test(text) ||
    text.includes('\\') ||
    text.includes('\0') ||
    parts.includes('..') ||
    text.length > 1000;
  if (!bad) return undefined;
  return {
    code: 'bad-path',
    message: `\`${shown(text)}\` has to be a path inside the repository, from its root, with \`/\` between folders.`,
  };
}
