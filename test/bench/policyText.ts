/** A believable policy of about so many lines: what large co-builds would have, in the proportions they would have it. */
export function policyText(lines: number): string {
  const out: string[] = [
    'version: 1',
    'agreement:',
    '  id: JDA-2026-014',
    '  title: Joint Development Agreement, Schedule D',
    '  from: 2026-01-15',
    '  until: 2027-06-30',
    '  zone: Europe/Berlin',
    '  contact: legal@helio.example',
    'parties:',
    '  - {id: helio, name: Helio Motors AG}',
    '  - {id: north, name: Northlight Vision Inc.}',
    '  - {id: kestrel, name: Kestrel Radar Ltd}',
    'evidence: {record: [view, edit, copy], keep: P7Y, share: [helio, north]}',
    'approvers:',
    '  - {person: nina.legal@north.example, party: north}',
  ];
  // A block of one asset, team, guardrail, grant and course has 33 lines.
  const blocks = Math.max(1, Math.floor((lines - out.length - 6) / 33));
  const each = (write: (at: number) => readonly string[]) => {
    for (let at = 0; at < blocks; at += 1) out.push(...write(at));
  };
  const party = (at: number) => ['helio', 'north', 'kestrel'][at % 3] ?? 'helio';
  out.push('teams:');
  each((at) => [
    `  - id: team-${at}`,
    `    party: ${party(at)}`,
    '    members:',
    ...[0, 1, 2].map((person) => `      - person${at}.${person}@${party(at)}.example`),
    `      - {person: guest${at}@${party(at)}.example, from: 2026-02-01, until: 2026-12-31}`,
  ]);
  out.push('assets:');
  each((at) => [
    `  - id: asset-${at}`,
    `    owner: ${party(at + 1)}`,
    `    tier: ${at % 5 === 0 ? 'sealed' : 'restricted'}`,
    `    paths: ["area${at % 40}/part${at}/**", "!area${at % 40}/part${at}/api/**"]`,
  ]);
  out.push('guardrails:');
  each((at) => [
    `  - id: rule-${at}`,
    `    covers: [asset-${at}]`,
    '    actions: [copy, move]',
    '    effect: deny',
    '    what: Do not copy or move this source to another place. # agreed in the kick-off',
    '    why: "The supplier licensed inspection, not reproduction."',
    '    instead: Call the published interface or ask the supplier for a header.',
    '    except:',
    `      - person:person${at}.0@${party(at)}.example`,
  ]);
  out.push('grants:');
  each((at) => [
    `  - id: grant-${at}`,
    `    to: ["person:person${at}.0@${party(at)}.example", team-${at}]`,
    `    covers: [asset-${at}]`,
    '    actions: [view, use]',
    '    purpose: [integration]',
    '    from: 2026-02-01',
    '    until: 2026-12-31',
  ]);
  out.push('training:');
  each((at) => [
    `  - {id: course-${at}, title: Course ${at}, covers: asset-${at}, actions: [edit, copy], for: team-${at},`,
    '     repeat: P1Y, remind: P30D, grace: P14D, url: "https://learn.example/course"}',
    '',
    '',
    '',
    '',
  ]);
  while (out.length < lines) out.push('# The end.');
  return `${out.slice(0, lines).join('\n')}\n`;
}
