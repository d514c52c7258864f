import type { Flavour } from '../support/install/Flavour.js';

/** The four kinds of colour theme that an extension has to work in. */
export const THEMES = ['dark', 'light', 'hc-dark', 'hc-light'] as const;
export type Theme = (typeof THEMES)[number];

/** The setting that means VS Code's own theme of a kind. The default themes were renamed between the oldest and the newest. */
export function themeName(theme: Theme, flavour: Flavour): string {
  switch (theme) {
    case 'dark':
      return flavour === 'newest' ? 'Dark 2026' : 'Default Dark Modern';
    case 'light':
      return flavour === 'newest' ? 'Light 2026' : 'Default Light Modern';
    case 'hc-dark':
      return 'Default High Contrast';
    case 'hc-light':
      return 'Default High Contrast Light';
  }
}
