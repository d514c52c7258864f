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

const perception = join(ROOT, 'test/editor/workspaces/perception');

/** The same hover in each kind of theme. */
const hover = (theme: Theme): Scene => ({
  name: `hover-${theme}`,
  workspace: perception,
  as: 'ben@helio.example',
  theme,
  width: 1100,
  height: 560,
  act: async (person) => {
    await person.openFile('perception/fusion/align.cpp');
    await person.seesLineStyle(7);
    await person.hoverOver('CAL', { line: 7, words: 'Kestrel Radar' });
  },
});

export const scenes: readonly Scene[] = [hover('dark'), hover('light'), hover('hc-dark')];
