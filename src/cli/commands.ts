import type { Command } from './Command.js';

/** Every command, in the order in which help lists them. */
export const COMMANDS: readonly Command[] = [
  {
    name: 'check',
    summary: 'may these changes be made, by those who made them?',
    load: () => import('./check.js'),
  },
  { name: 'ask', summary: 'may this person do this to this code, now?', load: () => import('./ask.js') },
  { name: 'test', summary: 'run the cases of a policy', load: () => import('./test.js') },
  {
    name: 'lint',
    summary: 'problems of a policy, and what its patterns match in this tree',
    load: () => import('./lint.js'),
  },
  {
    name: 'index',
    summary: 'fingerprints of restricted code, and where it was copied to',
    load: () => import('./index.js'),
  },
  {
    name: 'hooks',
    summary: 'the same check at every commit: pre-commit and commit-msg',
    load: () => import('./hooks.js'),
  },
  {
    name: 'evidence',
    summary: 'verify and export what was recorded of work with covered code',
    load: () => import('./evidence.js'),
  },
  {
    name: 'training',
    summary: 'where people stand in the courses that come before access',
    load: () => import('./training.js'),
  },
];
