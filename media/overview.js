// The page of the training overview: sorts, filters and pages rows that the extension sends.
(() => {
  const vscode = acquireVsCodeApi();
  const PAGE = 100;
  const SHUT = ['missing', 'unknown', 'expired'];
  const byId = (id) => document.getElementById(id);
  const [find, course, standing, count, body] = ['find', 'course', 'standing', 'count', 'rows'].map(byId);
  const heads = [...document.querySelectorAll('th')];
  const kept = vscode.getState() ?? {};
  let rows = [];
  let order = { key: 'person', isDown: false, ...kept.order };
  let page = 0;
  find.value = kept.find ?? '';
  course.value = kept.course ?? '';
  standing.value = kept.standing ?? '';

  const wanted = () => {
    const words = find.value.trim().toLowerCase();
    return rows.filter(
      (row) =>
        (words === '' || `${row.person} ${row.title} ${row.course}`.toLowerCase().includes(words)) &&
        (course.value === '' || row.course === course.value) &&
        (standing.value === '' ||
          (standing.value === 'soon'
            ? row.soon
            : standing.value === 'shut'
              ? SHUT.includes(row.standing)
              : row.standing === standing.value)),
    );
  };

  // What has no date comes last, whichever way it is sorted.
  const compare = (one, other) => {
    const [a, b] = [one[order.key] ?? '', other[order.key] ?? ''];
    if (a === '' || b === '') return a === b ? 0 : a === '' ? 1 : -1;
    const by = a < b ? -1 : a > b ? 1 : 0;
    return order.isDown ? -by : by;
  };

  const show = () => {
    const all = wanted();
    all.sort((one, other) => compare(one, other) || (one.person < other.person ? -1 : 1));
    const pages = Math.max(1, Math.ceil(all.length / PAGE));
    page = Math.min(page, pages - 1);
    body.replaceChildren(
      ...all.slice(page * PAGE, (page + 1) * PAGE).map((row) => {
        const line = document.createElement('tr');
        const cells = [row.person, row.title, row.standing, row.passed, row.goodUntil, row.next];
        cells.forEach((text, at) => {
          const cell = document.createElement(at === 0 ? 'th' : 'td');
          if (at === 0) cell.scope = 'row';
          if (at === 2)
            cell.className = SHUT.includes(row.standing) ? 'shut' : row.standing === 'current' ? '' : 'soon';
          cell.textContent = text ?? '';
          line.append(cell);
        });
        return line;
      }),
    );
    const people = new Set(all.map((row) => row.person)).size;
    const soon = all.filter((row) => row.soon).length;
    const closed = all.filter((row) => SHUT.includes(row.standing)).length;
    count.textContent =
      `${all.length.toLocaleString()} of ${rows.length.toLocaleString()} standings, ${people.toLocaleString()} ` +
      `${people === 1 ? 'person' : 'people'}. ${closed.toLocaleString()} closed, ${soon.toLocaleString()} ${soon === 1 ? 'expires' : 'expire'} within 30 days.`;
    byId('pages').hidden = pages === 1;
    byId('page').textContent = `Page ${page + 1} of ${pages}`;
    byId('previous').disabled = page === 0;
    byId('next').disabled = page === pages - 1;
    for (const head of heads) {
      const isSorted = head.dataset.key === order.key;
      head.setAttribute('aria-sort', isSorted ? (order.isDown ? 'descending' : 'ascending') : 'none');
      head.querySelector('span').textContent = isSorted ? (order.isDown ? ' ↓' : ' ↑') : '';
    }
    vscode.setState({ order, find: find.value, course: course.value, standing: standing.value });
  };

  const fromStart = () => {
    page = 0;
    show();
  };
  byId('filters').addEventListener('submit', (event) => event.preventDefault());
  find.addEventListener('input', fromStart);
  course.addEventListener('change', fromStart);
  standing.addEventListener('change', fromStart);
  for (const head of heads)
    head.querySelector('button').addEventListener('click', () => {
      const { key } = head.dataset;
      order = { key, isDown: order.key === key && !order.isDown };
      fromStart();
    });
  byId('previous').addEventListener('click', () => {
    page -= 1;
    show();
  });
  byId('next').addEventListener('click', () => {
    page += 1;
    show();
  });
  for (const kind of ['csv', 'json']) byId(kind).addEventListener('click', () => vscode.postMessage({ kind }));
  byId('refresh').addEventListener('click', () => {
    count.textContent = 'Course records are being read…';
    vscode.postMessage({ kind: 'refresh' });
  });

  window.addEventListener('message', ({ data }) => {
    if (data?.kind !== 'rows') return;
    rows = data.rows;
    byId('sources').replaceChildren(
      ...data.sources.map((text) => {
        const item = document.createElement('li');
        item.textContent = text;
        return item;
      }),
    );
    byId('patterns').textContent =
      data.patterns.length === 0
        ? ''
        : `Members by pattern are listed once a record tells of them: ${data.patterns.join(', ')}.`;
    show();
  });
  vscode.postMessage({ kind: 'ready' });
})();
