/** The doors between the rooms: who may import whom, and why. */
const room = (...names) => `^src/(${names.join('|')})(/|\\.ts$)`;
const builtin = { dependencyTypes: ['core'] };

/** A rule that lets `from` import only the rooms in `to` (its own room and ports always). */
const doors = (name, from, to, comment) => ({
  name,
  severity: 'error',
  comment,
  from: { path: room(from) },
  to: { path: '^src/', pathNot: room(from, 'ports', ...to) },
});

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'The data takes one direction; a cycle means that two files are one idea.',
      from: {},
      to: { circular: true },
    },
    {
      name: 'vscode-only-in-the-editor',
      severity: 'error',
      comment: 'The engine serves the command line and other hosts too, which have no vscode.',
      from: { path: '^src/', pathNot: '^src/(editor/|extension\\.ts$)' },
      to: { path: '^(vscode|node_modules/@types/vscode)' },
    },
    {
      name: 'node-only-at-the-edge',
      severity: 'error',
      comment: 'The engine bundles for a browser; files, git and processes arrive as ports.',
      from: { path: '^src/', pathNot: '^src/(node/|cli\\.ts$|.*\\.worker\\.ts$)' },
      to: builtin,
    },
    {
      name: 'no-unresolved',
      severity: 'error',
      comment: 'An import that leads nowhere fails at run time, in front of the user.',
      from: {},
      to: { couldNotResolve: true, pathNot: '^vscode$' },
    },
    doors('policy-stands-alone', 'policy', [], 'The policy is read before anything else is known.'),
    doors('copies-stand-alone', 'copies', [], 'The copy index runs in a worker and in a browser, and knows no policy.'),
    doors('regions-read-policy', 'regions', ['policy'], 'Regions come from policy and text; decisions come later.'),
    doors('training-reads-policy', 'training', ['policy'], 'A standing rests on the policy and records alone.'),
    doors(
      'decision-reads-policy',
      'decision',
      ['policy', 'regions', 'training'],
      'A decision is made from policy, regions and standing, never from a host.',
    ),
    doors('evidence-reads-policy', 'evidence', ['policy', 'decision'], 'Evidence records decisions; it makes none.'),
    doors(
      'changes-read-regions',
      'changes',
      ['policy', 'regions', 'copies'],
      'A change is told apart by regions and copies.',
    ),
    doors(
      'check-judges-changes',
      'check',
      ['policy', 'regions', 'decision', 'training', 'changes', 'copies'],
      'A check puts the actions in a change before the policy; where the change comes from is the host’s to say.',
    ),
    doors(
      'report-only-reads',
      'report',
      ['policy', 'regions', 'decision', 'training', 'evidence', 'changes', 'copies', 'check'],
      'Reports read results; they ask nothing of hosts or the engine.',
    ),
    doors(
      'engine-is-the-facade',
      'engine',
      ['policy', 'regions', 'decision', 'changes', 'copies', 'training', 'evidence'],
      'The engine knows no host and prints nothing.',
    ),
    doors('node-serves-ports', 'node', ['policy'], 'Node gives what the ports ask for, no more.'),
    doors(
      'editor-uses-the-engine',
      'editor',
      ['engine', 'report', 'policy', 'regions', 'decision', 'changes', 'copies', 'training', 'evidence'],
      'The editor enacts decisions; it shares nothing with the command line.',
    ),
    doors(
      'cli-uses-the-engine',
      'cli',
      [
        'node',
        'engine',
        'report',
        'policy',
        'regions',
        'decision',
        'changes',
        'copies',
        'training',
        'evidence',
        'check',
      ],
      'The command line never reaches into the editor.',
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
