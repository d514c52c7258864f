import * as vscode from 'vscode';
import { escapeHtml } from './escapeHtml.js';

/** A page with a script and a style of its own, from `media/`, besides the style that all pages share. */
export interface WebviewPage {
  readonly title: string;
  /** The files' name, without `.js` and `.css`. */
  readonly name: 'lesson' | 'overview';
  /** HTML in which every text is escaped. */
  readonly body: string;
}

/**
 * The whole page. Nothing runs or loads but our own script and style: a text of the policy that found its way into the HTML as
 * a tag would be dead there.
 */
export function webviewPage(webview: vscode.Webview, media: vscode.Uri, { title, name, body }: WebviewPage): string {
  const nonce = crypto.randomUUID();
  const file = (path: string) => escapeHtml(webview.asWebviewUri(vscode.Uri.joinPath(media, path)).toString());
  const style = (path: string) => `<link rel="stylesheet" href="${file(path)}">`;
  const csp = `default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}'; base-uri 'none'; form-action 'none'`;
  return (
    '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">' +
    `<meta http-equiv="Content-Security-Policy" content="${escapeHtml(csp)}">` +
    '<meta name="viewport" content="width=device-width, initial-scale=1">' +
    `${style('page.css')}${style(`${name}.css`)}<title>${escapeHtml(title)}</title></head>` +
    `<body>${body}<script nonce="${nonce}" src="${file(`${name}.js`)}"></script></body></html>`
  );
}
