// A record store for the training benchmark: `node store.mjs STATEMENTS PEOPLE`, in a process of its own. Answers queries by
// activity and verb from memory, in pages, and sends its parent the port that it listens on.
import { createServer } from 'node:http';

const [statements, people] = process.argv.slice(2).map(Number);
const PAGE = 1000;
const COURSES = 4;
const PASSED = 'http://adlnet.gov/expapi/verbs/passed';

const byActivity = new Map();
for (let at = 0; at < statements; at++) {
  const activity = `urn:c${at % COURSES}`;
  const person = Math.floor(at / COURSES) % people;
  const timestamp = new Date(Date.UTC(2024, 0, 1) + ((at * 7919) % 60_000_000) * 1000).toISOString();
  const list = byActivity.get(activity) ?? byActivity.set(activity, []).get(activity);
  list.push(
    JSON.stringify({
      id: `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`,
      actor: { objectType: 'Agent', mbox: `mailto:person${person}@p.example` },
      verb: { id: PASSED },
      object: { objectType: 'Activity', id: activity },
      result: { success: true, score: { scaled: 0.9 } },
      timestamp,
      stored: timestamp,
      authority: { mbox: 'mailto:lms@p.example' },
      version: '1.0.3',
    }),
  );
}

const server = createServer((request, response) => {
  const url = new URL(request.url, 'http://127.0.0.1');
  const from = Number(url.searchParams.get('from') ?? 0);
  const all = url.searchParams.get('verb') === PASSED ? (byActivity.get(url.searchParams.get('activity')) ?? []) : [];
  const page = all.slice(from, from + PAGE);
  url.searchParams.set('from', String(from + PAGE));
  const more = from + PAGE < all.length ? `${url.pathname}${url.search}` : '';
  response.writeHead(200, {
    'content-type': 'application/json',
    'x-experience-api-version': '1.0.3',
    'x-experience-api-consistent-through': new Date().toISOString(),
  });
  response.end(`{"more":${JSON.stringify(more)},"statements":[${page.join(',')}]}`);
});
server.listen(0, '127.0.0.1', () => process.send(server.address().port));
process.on('disconnect', () => process.exit());
