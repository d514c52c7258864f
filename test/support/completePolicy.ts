/** A policy with every section, for the reference page and for the tests of its examples. */
export const completePolicy = `version: 1
agreement:
  id: JDA-2026-014
  title: Joint Development Agreement, Schedule D
  from: 2026-01-15
  until: 2027-06-30
  zone: Europe/Berlin
  survives: P5Y
  contact: legal-ip@helio.example
  clauses:
    "3.2": Permitted use for integration
    "5.1": Training before access
    "6.2": No copying of the other party's source
    "7.1": Separation of the suppliers
parties:
  - {id: helio, name: Helio Motors AG, role: integrator}
  - {id: north, name: Northlight Vision Inc., role: camera supplier, custodian: nina.legal@north.example}
  - {id: kestrel, name: Kestrel Radar Ltd, role: radar supplier, competes: north}
teams:
  - {id: helio-fusion, party: helio, members: [ana@helio.example, ben@helio.example]}
  - {id: tent-camera, party: helio, members: [tara@helio.example, {person: mia@helio.example, until: 2026-03-31}]}
  - {id: north-core, party: north, members: [nia@north.example]}
  - {id: kestrel-core, party: kestrel, members: [kim@kestrel.example]}
tiers:
  - {name: confidential, label: CONFIDENTIAL}
  - {name: restricted, label: HIGHLY CONFIDENTIAL - SOURCE CODE}
  - {name: sealed, label: HIGHLY CONFIDENTIAL - NAMED PERSONS, named: true}
assets:
  - {id: camera-net, owner: north, paths: ["perception/camera/**", "!perception/camera/api/**"]}
  - {id: camera-weights, owner: north, tier: sealed, paths: ["perception/camera/models/**"], tags: EAR99}
  - {id: radar-track, owner: kestrel, paths: ["perception/radar/**"]}
walls:
  - id: suppliers
    sides:
      - {name: camera, who: ["party:north", tent-camera], assets: [camera-net, camera-weights]}
      - {name: radar, who: "party:kestrel", assets: radar-track}
    above: helio-fusion
    cooling: P180D
    clause: "7.1"
training:
  - {id: dt-2026, title: Developer terms, covers: "tier:confidential+", actions: [edit, copy], repeat: P1Y, remind: P30D, grace: P14D, clause: "5.1"}
records:
  - {kind: file, path: terms/training.csv}
guardrails:
  - id: no-supplier-copy
    covers: "tier:restricted+"
    actions: [copy, move]
    effect: deny
    what: Do not copy or move supplier source to another place.
    why: "The supplier licensed inspection, not reproduction."
    instead: Call the published interface or ask the supplier for a header.
    clause: "6.2"
grants:
  - {id: fusion-camera, to: helio-fusion, covers: camera-net, actions: [view, use], purpose: integration, until: 2026-06-30, clause: "3.2"}
approvers:
  - {person: nina.legal@north.example, party: north}
waivers:
  - id: w-001
    lifts: no-supplier-copy
    to: "person:ben@helio.example"
    covers: camera-net
    actions: copy
    into: "perception/fusion/tmp/**"
    from: 2026-05-01
    until: 2026-05-14
    by: nina.legal@north.example
    reason: One-off latency harness agreed on 29 April.
    signed: 2026-04-30
redact:
  - {find: Project Lodestar, say: the project}
evidence: {record: [view, edit, copy], keep: P7Y, share: [north, helio]}
breach: {notify: PT24H, contacts: [legal-ip@helio.example], steps: ["Stop the export.", "Tell the contacts."]}
review: {every: P3M, next: 2026-04-15, raci: [{task: terms, responsible: product lead, accountable: legal}]}
exit: {dispose: P30D, certify: hanna.legal@helio.example, keep: backups}
`;
