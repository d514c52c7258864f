import type { ServerEditor } from './startServer.js';

export interface Opening {
  /** The absolute path of the folder to open, or of a `.code-workspace` file. */
  readonly workspace: string;
  /** The absolute path of a file whose editor is open from the start, if any. */
  readonly file?: string;
  /** The absolute path of the extension to run from its sources, if any. */
  readonly extension?: string;
  /** The absolute path of the module that runs tests inside the extension host, if any. */
  readonly tests?: string;
}

/** The address at which a server shows a workspace in the browser. */
export function editorAddress(server: Pick<ServerEditor, 'port'>, opening: Opening): string {
  const authority = `127.0.0.1:${server.port}`;
  const remote = (path: string) => `vscode-remote://${authority}${encodeURI(slashed(path))}`;
  const payload: [string, string][] = [['skipWelcome', 'true']];
  if (opening.file) payload.push(['openFile', remote(opening.file)]);
  if (opening.extension) payload.push(['extensionDevelopmentPath', remote(opening.extension)]);
  if (opening.tests) payload.push(['extensionTestsPath', remote(opening.tests)]);
  const query = new URLSearchParams({
    [opening.workspace.endsWith('.code-workspace') ? 'workspace' : 'folder']: slashed(opening.workspace),
    payload: JSON.stringify(payload),
  });
  return `http://${authority}/?${query.toString()}`;
}

/** `/C:/clone` for `C:\clone`. */
function slashed(path: string): string {
  const forward = path.replaceAll('\\', '/');
  return forward.startsWith('/') ? forward : `/${forward}`;
}
