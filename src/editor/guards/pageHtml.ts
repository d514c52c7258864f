import type { WithheldPage } from '../../report/withheldPage.js';
import { escapeHtml } from '../escapeHtml.js';

/** What can be pressed on the page. */
export type PageAction = 'open' | 'explain' | 'access' | 'training';

const STYLE = `
  body { font-family: var(--vscode-font-family); font-size: var(--vscode-font-size, 13px); line-height: 1.5;
    color: var(--vscode-foreground); background: var(--vscode-editor-background); padding: 0; margin: 0; }
  main { max-width: 46em; margin: 0 auto; padding: 2.5em 1.75em; box-sizing: border-box; overflow-wrap: anywhere; }
  h1 { font-size: 1.5em; font-weight: 600; line-height: 1.3; margin: 0 0 0.6em; }
  .lead { font-size: 1.1em; margin: 0 0 1.5em; }
  dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.55em 1.5em; margin: 0 0 2em; }
  dt { font-weight: 600; }
  dd { margin: 0; }
  nav { display: flex; flex-wrap: wrap; gap: 0.6em; }
  a { color: var(--vscode-textLink-foreground); }
  nav a { padding: 0.35em 0.9em; border-radius: 2px; text-decoration: none;
    color: var(--vscode-button-secondaryForeground); background: var(--vscode-button-secondaryBackground);
    border: 1px solid var(--vscode-button-border, var(--vscode-contrastBorder, transparent)); }
  nav a.main { color: var(--vscode-button-foreground); background: var(--vscode-button-background); }
  nav a:hover { background: var(--vscode-button-secondaryHoverBackground); }
  nav a.main:hover { background: var(--vscode-button-hoverBackground); }
  a:focus-visible { outline: 1px solid var(--vscode-focusBorder); outline-offset: 2px; }
  @media (max-width: 30em) { dl { grid-template-columns: 1fr; gap: 0; } dd { margin: 0 0 0.7em; } main { padding: 1.25em 1em; } }
`;

/** The page without a script: headings, a list of facts, and links that a keyboard reaches. */
export function pageHtml(page: WithheldPage | undefined, link: (action: PageAction) => string): string {
  const head =
    '<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src \'none\'; style-src \'unsafe-inline\'">' +
    `<style>${STYLE}</style>`;
  if (page === undefined)
    return `<!DOCTYPE html><html lang="en"><head>${head}</head><body><main><p>The terms of this file are being read…</p></main></body></html>`;
  const facts = page.facts.map(({ label, words }) => {
    const text =
      words === page.contact ? `<a href="mailto:${escapeHtml(words)}">${escapeHtml(words)}</a>` : escapeHtml(words);
    return `<dt>${escapeHtml(label)}</dt><dd>${text}</dd>`;
  });
  const button = (action: PageAction, label: string, isMain: boolean): string =>
    `<a role="button" ${isMain ? 'class="main" ' : ''}href="${escapeHtml(link(action))}">${escapeHtml(label)}</a>`;
  const buttons = [
    ...(page.open === undefined ? [] : [button('open', page.open, true)]),
    ...(page.course === undefined ? [] : [button('training', 'Start Training', true)]),
    ...(page.open === undefined ? [button('access', 'Ask for Access', page.course === undefined)] : []),
    ...(page.hasReasons ? [button('explain', 'Explain', false)] : []),
  ];
  return (
    `<!DOCTYPE html><html lang="en"><head>${head}<title>${escapeHtml(page.title)}</title></head><body><main>` +
    `<h1>${escapeHtml(page.title)}</h1><p class="lead">${escapeHtml(page.lead)}</p><dl>${facts.join('')}</dl>` +
    `<nav aria-label="What you can do">${buttons.join('')}</nav></main></body></html>`
  );
}
