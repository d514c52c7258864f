import * as vscode from 'vscode';
import { normalEndpoint } from '../../policy/endpoints.js';
import type { Course } from '../../policy/language.js';
import { zoneOf } from '../../policy/membership.js';
import type { Policy } from '../../policy/Policy.js';
import { counted } from '../../report/words.js';
import { isShut } from '../../report/training.js';
import { lessonCounts, lessonOf, scoreOf, type Answers, type Lesson, type Score } from '../../training/lesson.js';
import type { TakenLesson } from '../../training/lessonRecord.js';
import { stateInWords } from '../../training/sourceInWords.js';
import type { FolderTerms } from '../FolderTerms.js';
import { webviewPage } from '../webviewPage.js';
import type { LessonRecords } from '../training/LessonRecords.js';
import { showRegisterEntry, type SignEntry } from './registerEntry.js';
import { lessonHtml, type LessonIntroduction } from './lessonHtml.js';

/** What lessons need. */
export interface LessonPorts {
  /** The folder with the pages' scripts and styles. */
  readonly media: vscode.Uri;
  readonly records: LessonRecords;
  readonly sign: SignEntry;
  /** Called when a record waits to be sent. */
  readonly onQueued: () => void;
}

interface Shown {
  readonly panel: vscode.WebviewPanel;
  readonly folder: FolderTerms;
  readonly course: string;
  readonly visible: VisibleTime;
  lesson: Lesson;
  /** True once it was passed and recorded: a lesson is not recorded twice. */
  isDone: boolean;
}

/** The course inside the editor: a lesson made of the policy's guardrails, one panel for each course. */
export class LessonPanels implements vscode.Disposable {
  private readonly shown = new Map<string, Shown>();

  constructor(private readonly ports: LessonPorts) {}

  /** Opens the lesson of a course, or comes back to it. */
  show(folder: FolderTerms, course: Course): void {
    const key = JSON.stringify([folder.root.toString(), course.id]);
    const before = this.shown.get(key);
    if (before !== undefined) {
      before.panel.reveal();
      return;
    }
    const made = lessonFor(folder, course.id);
    if (made === undefined) return;
    const panel = vscode.window.createWebviewPanel('developerTerms.lesson', course.title, vscode.ViewColumn.Active, {
      enableScripts: true,
      localResourceRoots: [this.ports.media],
      enableFindWidget: true,
    });
    const shown: Shown = {
      panel,
      folder,
      course: course.id,
      lesson: made,
      visible: new VisibleTime(),
      isDone: false,
    };
    this.shown.set(key, shown);
    panel.onDidChangeViewState(() => {
      shown.visible.is(panel.visible);
    });
    panel.onDidDispose(() => {
      this.shown.delete(key);
    });
    panel.webview.onDidReceiveMessage((message: unknown) => this.take(shown, message));
    this.render(shown);
  }

  private render(shown: Shown): void {
    const { folder, lesson, panel } = shown;
    const body = lessonHtml(lesson, this.introduction(folder, shown.course));
    panel.webview.html = webviewPage(panel.webview, this.ports.media, { title: lesson.title, name: 'lesson', body });
  }

  private introduction(folder: FolderTerms, id: string): LessonIntroduction {
    const course = courseOf(folder, id);
    const minutes =
      course?.minutes === undefined ? '' : ` The course takes about ${counted(course.minutes, 'minute')}.`;
    if (course?.url !== undefined)
      return {
        lead: `This is for reading and practice. It does not count: the course is passed where it is taught.${minutes}`,
        url: course.url,
      };
    if (course?.lesson !== 'accepted')
      return { lead: 'This is for reading and practice. The policy does not count it as the course.', url: undefined };
    const outlook = this.ports.records.outlook(folder, id);
    return { lead: `Passing this lesson is passing the course. ${outlook}${minutes}`, url: undefined };
  }

  private async take(shown: Shown, message: unknown): Promise<void> {
    const { kind, answers } = (message ?? {}) as { kind?: unknown; answers?: unknown };
    if (kind === 'again') {
      const next = lessonFor(shown.folder, shown.course);
      if (next === undefined || shown.isDone) return;
      shown.lesson = next;
      this.render(shown);
    }
    if (kind !== 'answers' || !isAnswers(answers) || shown.isDone) return;
    const score = scoreOf(shown.lesson, answers);
    if (score.passed) shown.isDone = true;
    const text = score.passed
      ? await this.passed(shown, score)
      : `${score.right} of ${score.of} answers are right. Read what is listed here again, then try other questions.`;
    await shown.panel.webview.postMessage({
      kind: 'result',
      title: score.passed ? `Passed: ${score.right} of ${score.of} right` : 'Not passed yet',
      text,
      again: score.again,
      isFinal: true,
      mayRetry: !score.passed,
    });
  }

  /** Records a pass where it counts; gives what to say. */
  private async passed(shown: Shown, score: Score): Promise<string> {
    const { folder } = shown;
    const { policy, person } = folder;
    const course = courseOf(folder, shown.course);
    if (policy === undefined || course === undefined)
      return 'The policy no longer has this course, so nothing is recorded.';
    if (!lessonCounts(course))
      return course.url === undefined
        ? 'The policy does not count this lesson as the course, so nothing is recorded.'
        : 'You know it. The course itself is passed where it is taught, so nothing is recorded here.';
    if (person.address === undefined)
      return `Nothing can be recorded, because nobody knows who you are: ${person.source}.`;
    const taken: TakenLesson = {
      ...{ person: person.address, course, score },
      at: folder.now(),
      took: shown.visible.milliseconds,
    };
    const recorded = await this.ports.records.record(folder, taken);
    switch (recorded.kind) {
      case 'stored': {
        await folder.refreshRecords();
        return this.countsIn(recorded.endpoint, folder, course, policy);
      }
      case 'queued': {
        this.ports.onQueued();
        const store = { kind: 'xapi', name: recorded.endpoint, state: recorded.fault } as const;
        return `Your pass is kept on this machine and sent later, because ${stateInWords(store, zoneOf(policy))}. The code opens once it has been sent.`;
      }
      case 'entry':
        await showRegisterEntry(folder, taken, recorded, this.ports.sign);
        return `Your pass counts once the product lead has added it to ${recorded.path}. The line for it stands in the document beside this page.`;
      case 'nowhere':
        return `The policy names no place where this could be recorded. Tell ${course.contact ?? policy.agreement.contact ?? 'whoever keeps the terms'}.`;
    }
  }

  private countsIn(endpoint: string, folder: FolderTerms, course: Course, policy: Policy): string {
    const said = `Your pass is recorded in the record store ${endpoint}.`;
    const standing = folder.records.standings.find((each) => each.course.id === course.id);
    if (standing === undefined || !isShut(standing)) return `${said} The code that waited for it is open to you now.`;
    const source = policy.records.find((each) => normalEndpoint(each.endpoint ?? '') === endpoint);
    if (standing.state !== 'unknown' && (source?.authority.length ?? 0) > 0)
      return `${said} It does not count yet: the policy counts what ${source?.authority.join(' or ') ?? ''} vouches for. Ask ${course.contact ?? policy.agreement.contact ?? 'whoever keeps the terms'}.`;
    return `${said} The code opens as soon as the store gives it back, within a minute as a rule.`;
  }

  dispose(): void {
    for (const { panel } of [...this.shown.values()]) panel.dispose();
  }
}

function courseOf(folder: FolderTerms, id: string): Course | undefined {
  return folder.policy?.training.find((course) => course.id === id);
}

function lessonFor(folder: FolderTerms, id: string): Lesson | undefined {
  const { policy, person } = folder;
  const course = courseOf(folder, id);
  if (policy === undefined || course === undefined) return undefined;
  return lessonOf(policy, course, person.address ?? '', Date.parse(folder.now()), crypto.randomUUID());
}

function isAnswers(value: unknown): value is Answers {
  return (
    Array.isArray(value) && value.every((answer) => answer === undefined || answer === null || Number.isInteger(answer))
  );
}

/** How long something was to be seen: the duration of a lesson is not that of the night between. */
class VisibleTime {
  private total = 0;
  private since: number | undefined = performance.now();

  is(visible: boolean): void {
    const now = performance.now();
    if (this.since !== undefined) this.total += now - this.since;
    this.since = visible ? now : undefined;
  }

  /** In ms. */
  get milliseconds(): number {
    return this.total + (this.since === undefined ? 0 : performance.now() - this.since);
  }
}
