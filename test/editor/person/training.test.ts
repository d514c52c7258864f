import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { csvParse } from 'd3-dsv';
import type { Frame } from 'playwright-core';
import { startFaultyProxy, type FaultyProxy } from '../../support/lrs/FaultyProxy.js';
import { startRecordStore, type RecordStore } from '../../support/lrs/RecordStore.js';
import { chosenFlavour } from '../../support/install/Flavour.js';
import { freshCopy } from '../../support/launch/freshCopy.js';
import { BadgeIssuer, credential, ISSUER, subject } from '../../support/BadgeIssuer.js';
import { copiesNotice } from '../copiesNotice.js';
import { inDepth } from '../inDepth.js';
import type { Person } from '../Person.js';
import { personOpens, WORKSPACES } from '../stage.js';

const COURSE = 'https://learn.harbor.example/courses/safe-hands';
const CANARY = 'canary-3f81c2';
const IN_MARKED_LINES = 3;

/** The right answer to every question that can be asked, from what the policy of the workspace says of each guardrail. */
const RIGHT: Readonly<Record<string, string>> = {
  '“Supplier source stays in this repository.” What do you do instead?':
    'Call the interface in open, or ask Kestrel for a header.',
  '“Supplier source stays in this repository.” Why is that?': 'Kestrel lent it for this meter and for nothing else.',
  '“Do not give measured values to a model or a forum.” What do you do instead?': 'Use the made-up values in open.',
  '“Do not give measured values to a model or a forum.” Why is that?': 'The values tell where the ships were.',
  '“Do not give measured values to a model or a forum.” For which of these does that hold?':
    'Values measured at sea: drift-values (values/**)',
};

/** A copy of the workspace whose policy says something else here and there. */
async function workspaceWith(...changes: readonly (readonly [string, string])[]): Promise<string> {
  const copy = await freshCopy(join(WORKSPACES, 'course'));
  const path = join(copy, 'developer-terms.yaml');
  let text = await readFile(path, 'utf8');
  for (const [before, after] of changes) {
    assert.ok(text.includes(before), before);
    text = text.replace(before, after);
  }
  await writeFile(path, text);
  return copy;
}

const REGISTER = '- {kind: file, path: terms/training.csv}';
const keptAt = (endpoint: string) => [REGISTER, `- {kind: xapi, endpoint: "${endpoint}"}`] as const;
const TAUGHT_AT = 'https://learn.harbor.example/take/safe-hands';
const taughtElsewhere = ['lesson: accepted', `lesson: accepted\n    url: "${TAUGHT_AT}"`] as const;

/** Goes through the questions with the keyboard alone: Tab to each, arrows to the answer, Tab to the button, Enter. */
async function answersWithKeyboard(person: Person, lesson: Frame, isRight: boolean): Promise<void> {
  const { keyboard } = person.page;
  const questions = await lesson.locator('fieldset').count();
  const focused = () =>
    lesson.evaluate(() => {
      const element = document.activeElement;
      return element instanceof HTMLInputElement
        ? {
            name: element.name,
            label: element.labels?.[0]?.textContent ?? '',
            question: element.closest('fieldset')?.querySelector('legend')?.textContent ?? '',
          }
        : { name: element?.tagName ?? '', label: element?.textContent ?? '', question: '' };
    });
  for (let at = 0; at < questions; at++) {
    for (let key = 0; (await focused()).name !== `question-${at}`; key++) {
      assert.ok(key < 60, `Tab reaches question ${at + 1}`);
      await keyboard.press('Tab');
    }
    await keyboard.press('Space');
    for (let key = 0; ; key++) {
      const { label, question } = await focused();
      const right = RIGHT[question.replace(/^\d+\. /, '')];
      assert.ok(right !== undefined, question);
      if ((label === right) === isRight) break;
      assert.ok(key < 4, `an answer of question ${at + 1} is right`);
      await keyboard.press('ArrowDown');
    }
  }
  for (let key = 0; (await focused()).label !== 'Check My Answers'; key++) {
    assert.ok(key < 4, 'Tab reaches the button');
    await keyboard.press('Tab');
  }
  await keyboard.press('Enter');
}

async function passesLesson(person: Person): Promise<string> {
  // The button of questions that were answered is gone.
  const lesson = await person.pageWith('#questions button[type=submit]');
  await lesson.locator('h1').click();
  await answersWithKeyboard(person, lesson, true);
  const result = (await person.pageWith('#result')).locator('#result');
  await result.waitFor();
  return result.innerText();
}

/** Agrees to the record store that the policy names, and gives a name and a password. */
async function connects(person: Person, store: string): Promise<string> {
  await person.pressNotificationButton(store, 'Connect');
  const said = await person.answerDialogue(store, 'Agree');
  await person.pick('Name and password');
  await person.answer('noor');
  await person.page.locator('.quick-input-widget input[type=password]').waitFor();
  await person.answer(CANARY);
  return said;
}

async function cannotType(person: Person): Promise<void> {
  await person.openFile('open/panel.ts');
  await person.typeAt(IN_MARKED_LINES, ' // mine');
  const told = await person.notificationText(/Edit undone in open\/panel\.ts/);
  for (const words of ['Safe hands', '6 minutes', 'clause 3.1', 'training@harbor.example'])
    assert.ok(told.includes(words), `${words} in ${told}`);
  await person.seesLine(IN_MARKED_LINES, /^export const slope = 0\.4;$/);
}

/** Copies the body of a covered file; gives what the clipboard holds then. */
async function copies(person: Person): Promise<string> {
  await person.openFile('engine/drift.ts');
  await person.selectLines(2, 4);
  return person.copy();
}

async function types(person: Person): Promise<void> {
  await person.openFile('engine/drift.ts');
  await person.typeAt(3, ' // measured');
  await person.seesLine(3, '// measured');
  await person.save();
  await person.seesSaved();
  assert.match(await person.onDisk('engine/drift.ts'), /\/\/ measured/);
}

describe('an engineer who is new to a repository', function () {
  this.timeout(240_000);
  let store: RecordStore;
  let proxy: FaultyProxy;
  /** Somebody else each time: the editor remembers whom it has invited, whatever the folder. */
  let newcomer: string;
  const folders: string[] = [];
  before(async function () {
    // VS Code 1.100 refuses every dialogue to a window that tests drive, and the way begins with one.
    if (chosenFlavour() === 'oldest') this.skip();
    store = await startRecordStore();
  });
  beforeEach(async () => {
    newcomer = `n${randomUUID()}@new.harbor.example`;
    proxy = await startFaultyProxy(store.endpoint);
  });
  afterEach(async () => {
    await proxy.stop();
    for (const folder of folders.splice(0)) await rm(dirname(folder), { recursive: true, force: true });
  });
  after(async () => {
    if (chosenFlavour() !== 'oldest') await store.stop();
  });

  const opens = async (
    changes: readonly (readonly [string, string])[],
    options: Parameters<typeof personOpens>[1] = {},
  ): Promise<Person> => {
    const folder = await workspaceWith(...changes);
    folders.push(folder);
    return personOpens(folder, { as: newcomer, invited: true, ...options });
  };

  it('is asked about the record store, invited to the course, held until the lesson is passed, and edits then', async () => {
    const person = await opens([keptAt(proxy.endpoint)]);
    assert.equal(proxy.seen.length, 0, 'nothing is asked before somebody has agreed');
    const agreed = await connects(person, proxy.endpoint);
    assert.ok(agreed.includes(newcomer), agreed);
    const invited = await person.answerDialogue('Pass “Safe hands” before you', 'Not Now');
    for (const words of ['Reading stays available', 'About 6 minutes', 'clause 3.1, Training before access'])
      assert.ok(invited.includes(words), `${words} in ${invited}`);
    assert.match(await person.statusBarText('“Safe hands” has not been passed yet'), /training@harbor\.example/);
    await cannotType(person);
    await person.openFile('engine/drift.ts');
    await person.selectLines(2, 4);
    await copiesNotice(person, /^Not copied:/);
    assert.match(await person.notificationText('Not copied'), /Safe hands/);
    await person.pressNotificationButton('Edit undone', 'Start Training');
    const result = await passesLesson(person);
    assert.match(result, /^Passed: \d of \d right/);
    assert.ok(result.includes(`recorded in the record store ${proxy.endpoint}`), result);
    await person.notificationText(/You passed “Safe hands” on .*open to you now/);
    await person.seesNoStatus('has not been passed');
    assert.match(await copies(person), /hours \* 0\.4/);
    await types(person);
    const stated = proxy.seen.filter(({ method }) => method === 'PUT');
    assert.equal(stated.length, 1);
    for (const { headers } of proxy.seen)
      assert.equal(headers.authorization, `Basic ${btoa(`noor:${CANARY}`)}`, 'every request went to the one store');
  });

  it('is sent to the course where it is taught, to that page and no other, and starting it is no pass', async () => {
    const person = await opens([keptAt(proxy.endpoint), taughtElsewhere]);
    await person.page
      .context()
      .route('https://learn.harbor.example/**', (route) => route.fulfill({ body: 'The course' }));
    await connects(person, proxy.endpoint);
    const page = person.page.context().waitForEvent('page');
    await person.answerDialogue('Pass “Safe hands” before you', 'Start Training');
    const asked = await person.answerDialogue(TAUGHT_AT, 'Open');
    assert.match(asked, /open the external website/);
    await (await page).waitForURL(TAUGHT_AT);
    assert.equal(person.page.context().pages().length, 2, 'one page was opened');
    await person.page.bringToFront();
    await person.statusBarText('“Safe hands” has not been passed yet');
    await person.openFile('engine/drift.ts');
    await person.typeAt(3, 'x');
    await person.seesLine(3, /^ {2}return hours \* 0\.4;$/);
    assert.deepEqual(
      proxy.seen.filter(({ method }) => method !== 'GET'),
      [],
      'nothing is recorded',
    );
  });

  inDepth('is asked for nothing in Restricted Mode, where nothing is fetched, and that is said', async () => {
    const person = await opens([keptAt(proxy.endpoint)], { trusted: false });
    await person.statusBarText(/^Developer Terms\./);
    await person.runCommand('Developer Terms: Connect to a Record Store…');
    await person.notificationText('Nothing is fetched in Restricted Mode.');
    await person.clearsNotifications();
    await person.runCommand('Developer Terms: Training Overview');
    const page = await person.pageWith('tbody tr');
    assert.match(await page.locator('#sources').innerText(), /is not asked, since nothing is fetched here/);
    assert.deepEqual(proxy.seen, []);
  });

  inDepth(
    'passes the course where it is taught, and the open file opens within a minute, without a reload',
    async () => {
      const person = await opens([keptAt(proxy.endpoint), taughtElsewhere]);
      await connects(person, proxy.endpoint);
      await person.answerDialogue('Pass “Safe hands” before you', 'Not Now');
      await person.openFile('engine/drift.ts');
      await person.typeAt(3, 'x');
      await person.seesLine(3, /^ {2}return hours \* 0\.4;$/);
      await store.add({
        actor: { mbox: `mailto:${newcomer}` },
        verb: { id: 'http://adlnet.gov/expapi/verbs/passed' },
        object: { id: COURSE },
      });
      const passed = Date.now();
      await person.seesNoStatus('has not been passed');
      assert.ok(Date.now() - passed < 60_000, `${Date.now() - passed} ms`);
      await person.notificationText(/You passed “Safe hands”/);
      await types(person);
    },
  );

  inDepth(
    'takes the lesson where there is a register: the line for it is ready, and counts once it is merged',
    async () => {
      const person = await opens([]);
      await person.answerDialogue('Pass “Safe hands” before you', 'Start Training');
      assert.match(await passesLesson(person), /counts once the product lead has added it to terms\/training\.csv/);
      await person.page.locator('.tab', { hasText: 'Untitled' }).click();
      const line = (await person.lines())
        .map(({ text }) => text)
        .find((text) => text.startsWith(`${newcomer},safe-hands,`));
      assert.ok(line, 'the line stands in the document');
      assert.match(await person.statusBarText('“Safe hands” has not been passed yet'), /Terms/);
      await person.otherProgramWrites('terms/training.csv', `${await person.onDisk('terms/training.csv')}${line}\n`);
      await person.notificationText(/You passed “Safe hands”/);
      await types(person);
    },
  );

  inDepth('fails a lesson with wrong answers, is shown what to read again, and tries other questions', async () => {
    const person = await opens([]);
    await person.answerDialogue('Pass “Safe hands” before you', 'Start Training');
    const lesson = await person.pageWith('#questions');
    await lesson.locator('button[type=submit]').click();
    assert.match(await lesson.locator('#unanswered').innerText(), /Still open: 1, 2/);
    await lesson.locator('h1').click();
    await answersWithKeyboard(person, lesson, false);
    const result = lesson.locator('#result');
    await result.waitFor();
    assert.match(await result.innerText(), /Not passed yet\n+0 of \d answers are right/);
    assert.match(await result.innerText(), /Read again: 1\. Supplier source stays in this repository\./);
    await lesson.locator('#retry').click();
    assert.match(await passesLesson(person), /^Passed/);
  });

  inDepth(
    'is invited once, and reminded once a day of what comes near, however often the window is opened',
    async () => {
      const person = await opens([]);
      await person.answerDialogue('Pass “Safe hands” before you', 'Not Now');
      await person.page.reload();
      await person.seesWorkbench();
      await person.statusBarText('“Safe hands” has not been passed yet');
      assert.equal(await person.page.locator('.monaco-dialog-box').count(), 0);
      const last = new Date(Date.now() - 350 * 86_400_000).toISOString().slice(0, 10);
      await person.otherProgramWrites('terms/training.csv', `person,course,passed\n${newcomer},safe-hands,${last}\n`);
      await person.notificationText(/“Safe hands” is good until .*, in 1\d days\. About 6 minutes, clause 3\.1/);
      await person.page.reload();
      await person.seesWorkbench();
      await person.statusBarText(/“Safe hands” is good until .*, in 1\d days/);
      await person.page.locator('.statusbar-item[id="status.notifications"]').click();
      assert.ok(!(await person.notificationTexts()).some((text) => text.includes('Safe hands')));
    },
  );

  inDepth(
    'is asked again when the policy names another record store, by the names of both, and nothing goes to the new one',
    async () => {
      const other = await startFaultyProxy(store.endpoint);
      try {
        const person = await opens([keptAt(proxy.endpoint)]);
        await connects(person, proxy.endpoint);
        await person.answerDialogue('Pass “Safe hands” before you', 'Not Now');
        const policy = await person.onDisk('developer-terms.yaml');
        await person.otherProgramWrites('developer-terms.yaml', policy.replace(proxy.endpoint, other.endpoint));
        const told = await person.notificationText(`${other.endpoint} now`);
        assert.ok(told.includes(proxy.endpoint), told);
        await person.statusBarText(/could not be checked.*only to/);
        await person.pressNotificationButton(`${other.endpoint} now`, 'Connect');
        const asked = await person.answerDialogue(other.endpoint, 'Cancel');
        assert.ok(asked.includes(`Before, you agreed to ${proxy.endpoint}`), asked);
        assert.deepEqual(other.seen, []);
      } finally {
        await other.stop();
      }
    },
  );
});

describe('a badge of a course that was passed elsewhere', function () {
  this.timeout(240_000);

  it('is pasted with the keyboard, told what is wrong with it, kept when it is good, and opens the code at once', async () => {
    const who = `n${randomUUID()}@new.harbor.example`;
    const issuer = await BadgeIssuer.with();
    const ago = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
    const badge = (address: string, more: object = {}) =>
      credential({
        validFrom: ago(1),
        credentialSubject: subject({ id: `mailto:${address}` }, COURSE),
        ...more,
      });
    const folder = await workspaceWith([
      REGISTER,
      `- {kind: badge, issuer: "${ISSUER}", keys: [${JSON.stringify(issuer.key)}]}`,
    ]);
    try {
      const person = await personOpens(folder, { as: who });
      await person.statusBarText('“Safe hands” has not been passed yet');
      await cannotType(person);
      await person.clearsNotifications();
      await person.runCommand('Developer Terms: Add a Training Badge…');
      const box = person.page.locator('.quick-input-widget');
      await box.locator('input:focus').first().waitFor();
      const pastes = async (text: string, told: string) => {
        await person.page.keyboard.press('Control+A');
        await person.paste(text);
        await box.locator('.quick-input-message', { hasText: told }).waitFor();
      };
      await pastes('my certificate', 'This is no signed badge');
      await person.page.keyboard.press('Enter');
      await pastes(
        await issuer.sign(badge('noor@harbor.example')),
        `This badge is for noor@harbor.example, and you are`,
      );
      await pastes(await issuer.sign(badge(who, { validUntil: ago(0.5) })), 'This badge has expired');
      const stranger = await BadgeIssuer.with();
      await pastes(await stranger.sign(badge(who)), `The policy takes badges of ${ISSUER}`);
      const good = await issuer.sign(badge(who));
      await pastes(`${good.slice(0, 40)} ${good.slice(40)}`, 'Press Enter to add it');
      await person.page.keyboard.press('Enter');
      const told = await person.notificationText('The badge was added. “Safe hands” is passed, and good until');
      assert.ok(told.includes('a check of commits cannot know of it'), told);
      await person.notificationText(/You passed “Safe hands” on .*open to you now/);
      await person.seesNoStatus('has not been passed');
      const shown = [...(await person.notificationTexts()), ...(await person.statusBarTexts())].join('\n');
      assert.ok(!shown.includes(good.slice(-20)), 'the badge is shown nowhere');
      await types(person);
      await person.page.reload();
      await person.seesWorkbench();
      await person.openFile('engine/drift.ts');
      await person.typeAt(3, ', again');
      await person.seesLine(3, '// measured, again');
    } finally {
      await rm(dirname(folder), { recursive: true, force: true });
    }
  });
});

describe('the training overview', () => {
  inDepth('lists everybody and their courses, sorts and filters with the keyboard, and exports', async () => {
    const folder = await freshCopy(join(WORKSPACES, 'course'));
    try {
      const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);
      await writeFile(
        join(folder, 'terms/training.csv'),
        `person,course,passed\nana@harbor.example,safe-hands,${day(350)}\nold@harbor.example,safe-hands,${day(10)}\n`,
      );
      const person = await personOpens(folder, { as: 'old@harbor.example' });
      await person.statusBarText('Developer Terms.');
      await person.runCommand('Developer Terms: Training Overview');
      const page = await person.pageWith('tbody tr');
      const rows = () => page.locator('tbody tr').allInnerTexts();
      const standings = async () => (await rows()).map((row) => row.split('\t').slice(0, 3).join(' '));
      assert.deepEqual(await standings(), [
        'ana@harbor.example Safe hands due soon',
        'noor@harbor.example Safe hands missing',
        'old@harbor.example Safe hands current',
      ]);
      const head = page.locator('th[data-key=goodUntil]');
      await head.locator('button').focus();
      await person.page.keyboard.press('Enter');
      await person.page.keyboard.press('Enter');
      assert.equal(await head.getAttribute('aria-sort'), 'descending');
      assert.deepEqual(
        (await standings()).map((row) => row.split('@')[0]),
        ['old', 'ana', 'noor'],
        'the latest first, and who has no date last',
      );
      await page.locator('#standing').selectOption('soon');
      assert.deepEqual(await standings(), ['ana@harbor.example Safe hands due soon']);
      assert.match(
        await page.locator('#count').innerText(),
        /^1 of 3 standings, 1 person\. 0 closed, 1 expires within 30 days\./,
      );
      await page.locator('#standing').selectOption('');
      await page.locator('#find').fill('NOOR');
      assert.deepEqual(await standings(), ['noor@harbor.example Safe hands missing']);
      await page.locator('#csv').click();
      await person.answer('');
      await person.notificationText(/The standings of 3 people are in training-.*\.csv/);
      const [file] = (await readdir(dirname(person.workspace))).filter((name) => name.endsWith('.csv'));
      const text = await readFile(join(dirname(person.workspace), file ?? ''), 'utf8');
      assert.match(text, /^person,course,title,standing,passed,good_until/);
      assert.match(text, /\nnoor@harbor\.example,safe-hands,Safe hands,missing,/);
      await person.clearsNotifications();
      await page.locator('#json').click();
      await person.answer('');
      await person.notificationText(/The standings of 3 people are in training-.*\.json/);
      const [other] = (await readdir(dirname(person.workspace))).filter((name) => name.endsWith('.json'));
      const report = JSON.parse(await readFile(join(dirname(person.workspace), other ?? ''), 'utf8')) as {
        standings: { person: string; course: string; standing: string; goodUntil?: string }[];
        dueWithin30Days: { person: string }[];
      };
      assert.deepEqual(
        report.dueWithin30Days.map(({ person: who }) => who),
        ['ana@harbor.example'],
      );
      assert.deepEqual(
        report.standings.map((row) => [row.person, row.course, row.standing, row.goodUntil ?? '']),
        csvParse(text).map((row) => [row['person'], row['course'], row['standing'], row['good_until']]),
        'both tell the same of everybody, whatever is filtered',
      );
    } finally {
      await rm(dirname(folder), { recursive: true, force: true });
    }
  });
});
