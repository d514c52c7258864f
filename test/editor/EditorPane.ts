import type { Page } from 'playwright-core';

/** A place on the screen, in CSS pixels. */
export interface Spot {
  readonly x: number;
  readonly y: number;
}

/** How a line is marked. */
export interface LineStyle {
  /** The background colours laid under the line's text by decorations, as CSS colours, the bottom one first. */
  readonly backgrounds: readonly string[];
  /** Whether decorations draw a border in the line: high-contrast themes have borders instead of backgrounds. */
  readonly hasBorder: boolean;
  /** Whether there is an icon in the gutter beside the line. */
  readonly hasGutterIcon: boolean;
  /** Text that decorations show after the line's own text. */
  readonly after: string;
}

/** One line as it is drawn. */
export interface DrawnLine {
  /** 1-based, as in the gutter. */
  readonly number: number;
  readonly text: string;
}

/** Reads the editor that has the focus (or the last one of the active group) off the screen, as it is drawn. */
export class EditorPane {
  constructor(private readonly page: Page) {}

  /** The lines on the screen from top to bottom; empty when no editor is open. */
  async lines(): Promise<DrawnLine[]> {
    return this.page.evaluate(() => {
      const group = document.querySelector('.editor-group-container.active') ?? document;
      const editors = [...group.querySelectorAll<HTMLElement>('.editor-instance .monaco-editor')];
      const editor = editors.find((it) => it.classList.contains('focused')) ?? editors.at(-1);
      if (!editor) return [];
      const drawn = [...editor.querySelectorAll<HTMLElement>('.view-lines .view-line')];
      return [...editor.querySelectorAll<HTMLElement>('.margin-view-overlays .line-numbers')]
        .map((gutter) => {
          const top = gutter.parentElement?.style.top;
          const line = drawn.find((it) => it.style.top === top);
          return { number: Number(gutter.textContent), text: (line?.textContent ?? '').replaceAll('\u00a0', ' ') };
        })
        .sort((one, other) => one.number - other.number);
    });
  }

  /** The middle of a text (its first occurrence, in a line when one is given), or `undefined` when it is not on the screen. */
  async spotOf(text: string, line?: number): Promise<Spot | undefined> {
    return this.page.evaluate(
      ({ text, line }) => {
        const group = document.querySelector('.editor-group-container.active') ?? document;
        const editors = [...group.querySelectorAll<HTMLElement>('.editor-instance .monaco-editor')];
        const editor = editors.find((it) => it.classList.contains('focused')) ?? editors.at(-1);
        if (!editor) return undefined;
        const gutter = [...editor.querySelectorAll<HTMLElement>('.margin-view-overlays .line-numbers')].find(
          (it) => Number(it.textContent) === line,
        );
        if (line !== undefined && !gutter) return undefined;
        const drawn = [...editor.querySelectorAll<HTMLElement>('.view-lines .view-line')]
          .filter((it) => !gutter || it.style.top === gutter.parentElement?.style.top)
          .sort((one, other) => parseFloat(one.style.top) - parseFloat(other.style.top));
        for (const element of drawn) {
          const at = (element.textContent ?? '').replaceAll('\u00a0', ' ').indexOf(text);
          if (at === -1) continue;
          const range = document.createRange();
          const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
          let passed = 0;
          let begun = false;
          for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            const length = node.textContent?.length ?? 0;
            if (!begun && at < passed + length) {
              range.setStart(node, at - passed);
              begun = true;
            }
            if (begun && at + text.length <= passed + length) {
              range.setEnd(node, at + text.length - passed);
              break;
            }
            passed += length;
          }
          const box = range.getBoundingClientRect();
          return { x: box.left + box.width / 2, y: box.top + box.height / 2 };
        }
        return undefined;
      },
      { text, line },
    );
  }

  /** How a line is marked, or `undefined` when it is not on the screen. */
  async lineStyle(line: number): Promise<LineStyle | undefined> {
    return this.page.evaluate((line) => {
      const group = document.querySelector('.editor-group-container.active') ?? document;
      const editors = [...group.querySelectorAll<HTMLElement>('.editor-instance .monaco-editor')];
      const editor = editors.find((it) => it.classList.contains('focused')) ?? editors.at(-1);
      const gutter = [...(editor?.querySelectorAll<HTMLElement>('.margin-view-overlays .line-numbers') ?? [])].find(
        (it) => Number(it.textContent) === line,
      );
      const row = gutter?.parentElement;
      if (!editor || !row) return undefined;
      const top = row.getBoundingClientRect().top;
      const isHere = (it: Element) => Math.abs(it.getBoundingClientRect().top - top) < 2;
      const overlays = [...editor.querySelectorAll('.view-overlays .cdr')].filter(isHere);
      const hasBorder = overlays
        .map((it) => getComputedStyle(it))
        .some((style) =>
          [style.borderTopWidth, style.borderLeftWidth, style.borderBottomWidth].some((it) => parseFloat(it) > 0),
        );
      const backgrounds = overlays
        .map((it) => getComputedStyle(it).backgroundColor)
        .filter((colour) => colour !== 'rgba(0, 0, 0, 0)');
      const icons = [...editor.querySelectorAll('.glyph-margin-widgets .cgmr, .margin-view-overlays .cgmr')]
        .filter(isHere)
        .filter((it) => getComputedStyle(it).backgroundImage !== 'none');
      const drawn = [...editor.querySelectorAll<HTMLElement>('.view-lines .view-line')].find(
        (it) => it.style.top === row.style.top,
      );
      const after = [...(drawn?.querySelectorAll('span') ?? [])]
        .map((it) => getComputedStyle(it, '::after').content)
        .filter((content) => content.startsWith('"'))
        .map((content) => content.slice(1, -1))
        .join('');
      return { backgrounds, hasBorder, hasGutterIcon: icons.length > 0, after };
    }, line);
  }
}
