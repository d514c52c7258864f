import { downloadAndUnzipVSCode } from '@vscode/test-electron';
import { accessSync, constants, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { cacheFolder } from './cacheFolder.js';
import { chosenFlavour, VERSION } from './Flavour.js';
import { SetUpError } from './SetUpError.js';

/** Where to look for a desktop VS Code, and what may be done to get one. */
export interface DesktopSearch {
  readonly env: NodeJS.ProcessEnv;
  readonly platform: NodeJS.Platform;
  /** Whether a file is there and may be run. */
  readonly isProgram: (path: string) => boolean;
  /** Resolves links: `code` on PATH is often one. */
  readonly realPath: (path: string) => string;
  /** Downloads a desktop VS Code and returns its program; rejects when that is impossible. */
  readonly download: (version: string) => Promise<string>;
  readonly say: (line: string) => void;
}

const THIS_MACHINE: DesktopSearch = {
  env: process.env,
  platform: process.platform,
  isProgram: (path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  },
  realPath: (path) => realpathSync(path),
  download: (version) =>
    downloadAndUnzipVSCode({
      version,
      cachePath: join(cacheFolder(), 'desktop'),
      reporter: { report: () => undefined, error: () => undefined },
    }),
  say: (line) => console.log(line),
};

/**
 * The program of the desktop VS Code to use, or `undefined` when the server editor is to be used.
 *
 * `DEVTERMS_EDITOR` forces one (`desktop` throws a `SetUpError` when there is none and none can be downloaded). Otherwise
 * the desktop is used where there is a display. `exactly` asks for the version that the tests name, by download;
 * otherwise an installed VS Code will do, and is looked for first.
 */
export async function findDesktop(
  { exactly = false }: { readonly exactly?: boolean } = {},
  search: DesktopSearch = THIS_MACHINE,
): Promise<string | undefined> {
  const wish = search.env['DEVTERMS_EDITOR'] || undefined;
  if (wish !== undefined && wish !== 'desktop' && wish !== 'server')
    throw new SetUpError(`DEVTERMS_EDITOR is "${wish}"; it can be "desktop" or "server".`);
  if (wish === 'server' || (wish === undefined && !hasDisplay(search))) return undefined;

  const version = VERSION[chosenFlavour(search.env)];
  const installed = installedDesktop(search);
  if (installed && !exactly) return installed;
  try {
    search.say(`Getting the desktop VS Code ${version} (downloaded once on a machine) …`);
    return await search.download(version);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    if (wish === 'desktop')
      throw new SetUpError(
        `DEVTERMS_EDITOR asks for the desktop VS Code, and ${version} cannot be downloaded (${why}).\n` +
          'Install VS Code from https://code.visualstudio.com, or set DEVTERMS_EDITOR=server.',
      );
    search.say(`The desktop VS Code cannot be downloaded here (${why}); using the server editor instead.`);
    return undefined;
  }
}

/** Whether a window can be shown to somebody. */
export function hasDisplay({ env, platform }: Pick<DesktopSearch, 'env' | 'platform'>): boolean {
  if (env['SSH_CONNECTION'] && !env['DISPLAY']) return false;
  return platform === 'darwin' || platform === 'win32' || Boolean(env['DISPLAY'] || env['WAYLAND_DISPLAY']);
}

const PLACES: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  linux: ['/usr/share/code/code', '/opt/visual-studio-code/code', '/snap/code/current/usr/share/code/code'],
  darwin: [
    '/Applications/Visual Studio Code.app/Contents/MacOS/Electron',
    join(homedir(), 'Applications/Visual Studio Code.app/Contents/MacOS/Electron'),
  ],
  win32: [
    join(homedir(), 'AppData\\Local\\Programs\\Microsoft VS Code\\Code.exe'),
    'C:\\Program Files\\Microsoft VS Code\\Code.exe',
  ],
};

/** The program itself, not its `code` launcher: the launcher leaves at once, and Ctrl+C would reach nobody. */
function installedDesktop(search: DesktopSearch): string | undefined {
  const launcher = (search.env['PATH'] ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, search.platform === 'win32' ? 'code.cmd' : 'code'))
    .find((path) => search.isProgram(path));
  // A launcher lies in `bin/` of the install: beside the program, or, on a Mac, in the app's resources.
  const bin = launcher ? join(search.realPath(launcher), '..') : undefined;
  const besideLauncher = bin
    ? {
        linux: [join(bin, '../code')],
        darwin: [join(bin, '../../../MacOS/Electron'), join(bin, '../../../MacOS/Code')],
        win32: [join(bin, '../Code.exe')],
      }[search.platform as 'linux' | 'darwin' | 'win32']
    : [];
  return [...(besideLauncher ?? []), ...(PLACES[search.platform] ?? [])].find((path) => search.isProgram(path));
}
