import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { homedir } from 'node:os';
import { run } from './run.js';
import { SetUpError } from './SetUpError.js';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge', 'chrome'];

const PLACES: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  linux: [
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/opt/google/chrome/chrome',
    '/snap/bin/chromium',
  ],
  darwin: [
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    join(homedir(), 'Applications/Google Chrome.app/Contents/MacOS/Google Chrome'),
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: [
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  ],
};

/** A way to install Chromium, for machines whose package manager this is. */
interface PackageManager {
  readonly program: string;
  readonly needsRoot: boolean;
  readonly commands: readonly (readonly string[])[];
}

const PACKAGE_MANAGERS: readonly PackageManager[] = [
  {
    program: 'apt-get',
    needsRoot: true,
    commands: [
      ['apt-get', 'update', '-qq'],
      ['apt-get', 'install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-dejavu-core'],
    ],
  },
  { program: 'dnf', needsRoot: true, commands: [['dnf', 'install', '-y', '-q', 'chromium']] },
  { program: 'apk', needsRoot: true, commands: [['apk', 'add', '--quiet', 'chromium', 'ttf-dejavu']] },
  { program: 'pacman', needsRoot: true, commands: [['pacman', '-S', '--noconfirm', '--quiet', 'chromium']] },
  { program: 'zypper', needsRoot: true, commands: [['zypper', '--non-interactive', '--quiet', 'install', 'chromium']] },
  { program: 'brew', needsRoot: false, commands: [['brew', 'install', '--cask', 'chromium']] },
];

export interface Machine {
  readonly env: NodeJS.ProcessEnv;
  readonly platform: NodeJS.Platform;
  readonly isRoot: boolean;
  /** Whether a file is there and may be run. */
  readonly isProgram: (path: string) => boolean;
  /** Runs a command to its end and returns its exit code. */
  readonly run: (command: readonly string[]) => Promise<number>;
  readonly say: (line: string) => void;
}

const THIS_MACHINE: Machine = {
  env: process.env,
  platform: process.platform,
  isRoot: process.getuid?.() === 0,
  isProgram: (path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  },
  run: async ([program = '', ...args]) =>
    (await run(program, args, { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } })).code,
  say: (line) => console.log(line),
};

/**
 * The path of a Chromium (or Chrome, or Edge): the one `DEVTERMS_CHROMIUM` names, one on PATH or in a usual place, or one
 * installed now through the system's package manager when that needs no password.
 * Throws a `SetUpError` that says exactly what to install otherwise.
 */
export async function findChromium(machine: Machine = THIS_MACHINE): Promise<string> {
  const named = machine.env['DEVTERMS_CHROMIUM'];
  if (named) {
    if (machine.isProgram(named)) return named;
    throw new SetUpError(`DEVTERMS_CHROMIUM is ${named}, which is not a program on this machine.`);
  }
  const present = search(machine);
  if (present) return present;

  const manager = PACKAGE_MANAGERS.find(({ program }) => onPath(machine, program));
  if (manager) {
    const prefix = manager.needsRoot && !machine.isRoot ? ['sudo', '-n'] : [];
    if (prefix.length === 0 || (await machine.run([...prefix, 'true'])) === 0) {
      machine.say(`Installing Chromium with ${manager.program}; this takes a minute …`);
      let failed = false;
      for (const command of manager.commands) failed = (await machine.run([...prefix, ...command])) !== 0;
      const installed = search(machine);
      if (installed && !failed) return installed;
    }
  }
  throw new SetUpError(howToInstall(machine, manager));
}

function search(machine: Machine): string | undefined {
  const onSearchPath = NAMES.map((name) => onPath(machine, name)).find((path) => path !== undefined);
  return onSearchPath ?? PLACES[machine.platform]?.find((path) => machine.isProgram(path));
}

function onPath(machine: Machine, name: string): string | undefined {
  return (machine.env['PATH'] ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, machine.platform === 'win32' ? `${name}.exe` : name))
    .find((path) => machine.isProgram(path));
}

function howToInstall(machine: Machine, manager: PackageManager | undefined): string {
  const command = manager?.commands
    .map((words) => [...(manager.needsRoot ? ['sudo'] : []), ...words].join(' '))
    .join(' && ');
  const what = command
    ? `Install it with: ${command}`
    : machine.platform === 'linux'
      ? "Install the package 'chromium' with your system's package manager."
      : 'Install Google Chrome from https://www.google.com/chrome.';
  return `These tests drive the editor in Chromium, and there is none on this machine.\n${what}\nOne in another place can be named: DEVTERMS_CHROMIUM=/path/to/chromium`;
}
