import { join } from 'node:path';
import { ROOT } from './openWindow.js';
import type { Person } from './Person.js';
import type { Theme } from './themes.js';

/** A picture for the documents: what is open, who looks at it, and what that person does before it is taken. */
export interface Scene {
  /** The file's name in `docs/images`, without `.png`. */
  readonly name: string;
  /** The folder to open a copy of. */
  readonly workspace: string;
  /** The address that Git knows the person by. */
  readonly as?: string;
  readonly theme?: Theme;
  /** Of the window, in CSS pixels; 1280 by 800 when absent. Pictures have two pixels for each. */
  readonly width?: number;
  readonly height?: number;
  readonly trusted?: boolean;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly act: (person: Person) => Promise<void>;
}

const cobuild = join(ROOT, 'examples/cobuild');
const sam = 'sam.rivera@harborline.example';

/** The same hover in each kind of theme. */
const hover = (theme: Theme): Scene => ({
  name: `hover-${theme}`,
  workspace: cobuild,
  as: sam,
  theme,
  width: 1180,
  height: 640,
  act: async (person) => {
    await person.openFile('orchestrator/src/adapters/corvidLink.ts');
    await person.seesLineStyle(17);
    await person.hoverOver('KIND_ROUTE', { line: 20, words: 'Corvid Motion' });
  },
});

const LINK = 'orchestrator/src/adapters/corvidLink.ts';
const KPIS = 'dashboard/src/kpis.ts';

/** Lines of the supplier's protocol, as a browser or an assistant would bring them. */
const protocol = async (person: Person): Promise<string> =>
  `${(await person.onDisk(LINK)).split('\n').slice(18, 70).join('\n')}\n`;

/** What each guard does, as the person before it sees it. */
const guards: readonly Scene[] = [
  {
    name: 'edit-taken-back-dark',
    ...{ workspace: cobuild, as: sam, width: 1180, height: 560 },
    act: async (person) => {
      await person.openFile(LINK);
      await person.seesLineStyle(17);
      await person.typeAt(20, 'x');
      await person.notificationText('Corvid');
    },
  },
  {
    name: 'copy-refused-light',
    ...{ workspace: cobuild, as: sam, width: 1180, height: 560, theme: 'light' },
    act: async (person) => {
      await person.openFile(LINK);
      await person.seesLineStyle(17);
      await person.selectLines(19, 70);
      await person.copy();
      await person.notificationText('Not copied');
    },
  },
  {
    name: 'copy-found-dark',
    settings: { 'editor.autoIndent': 'none' },
    ...{ workspace: cobuild, as: sam, width: 1180, height: 640 },
    act: async (person) => {
      await person.openFile(KPIS);
      await person.goTo(20, 1);
      await person.page.keyboard.insertText(await protocol(person));
      await person.problems('corvid');
      await person.goTo(34, 1);
    },
  },
  {
    name: 'veil-dark',
    ...{ workspace: cobuild, as: sam, width: 1180, height: 640 },
    act: async (person) => {
      await person.openFile('edge/src/limits.cpp');
      await person.seesLineStyle(13);
      await person.goTo(20);
      await person.hoverAtCursor('Palisade');
    },
  },
  {
    name: 'withheld-light',
    ...{ workspace: cobuild, as: sam, width: 1180, height: 560, theme: 'light' },
    act: async (person) => {
      await person.asksForFile('partners/corvid/motion/path_blend.cpp');
      await person.quickPick();
      await person.page.keyboard.press('Escape');
      await person.seesPage('path_blend.cpp', 'Corvid');
    },
  },
  {
    name: 'training-overview-dark',
    ...{ workspace: cobuild, as: sam, width: 1180, height: 560 },
    act: async (person) => {
      await person.statusBarText(/^Developer Terms\./);
      await person.runCommand('Developer Terms: Training Overview');
      await person.pageWith('tbody tr');
    },
  },
];

export const scenes: readonly Scene[] = [
  hover('dark'),
  hover('light'),
  hover('hc-dark'),
  ...guards,
  {
    name: 'policy-problem-dark',
    workspace: cobuild,
    as: sam,
    width: 1180,
    height: 560,
    act: async (person) => {
      const line = (await person.onDisk('developer-terms.yaml'))
        .split('\n')
        .findIndex((text) => text.includes('tier: restricted'));
      await person.openFile('developer-terms.yaml');
      await person.typeAt(line + 1, 'd');
      await person.statusBarText(/last good policy/i);
      await person.problems(/./);
    },
  },
];
