// The page of a lesson: collects answers, shows what came of them. It does not know which answers are right.
(() => {
  const vscode = acquireVsCodeApi();
  const form = document.getElementById('questions');
  if (form === null) return;
  const questions = [...form.querySelectorAll('fieldset')];
  const unanswered = document.getElementById('unanswered');
  const result = document.getElementById('result');
  const retry = document.getElementById('retry');
  const submit = form.querySelector('button[type=submit]');
  const answers = () =>
    questions.map((question) => {
      const chosen = question.querySelector('input:checked');
      return chosen === null ? undefined : Number(chosen.value);
    });

  // A page that was hidden comes back with what was chosen, as long as it is the same lesson.
  const key = questions.map((question) => question.textContent).join('\n');
  const kept = vscode.getState();
  if (kept?.key === key)
    kept.answers.forEach((answer, at) => {
      const choice = document.getElementById(`question-${at}-${answer}`);
      if (choice !== null) choice.checked = true;
    });
  form.addEventListener('change', () => {
    vscode.setState({ key, answers: answers() });
    unanswered.textContent = '';
  });

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const given = answers();
    const open = given.flatMap((answer, at) => (answer === undefined ? [at] : []));
    if (open.length > 0) {
      const numbers = open.map((at) => at + 1).join(', ');
      unanswered.textContent = `Answer every question first. Still open: ${numbers}.`;
      questions[open[0]].querySelector('input').focus();
      return;
    }
    submit.disabled = true;
    vscode.postMessage({ kind: 'answers', answers: given });
  });

  retry.addEventListener('click', () => {
    vscode.postMessage({ kind: 'again' });
  });

  window.addEventListener('message', ({ data }) => {
    if (data?.kind !== 'result') return;
    document.getElementById('result-title').textContent = data.title;
    document.getElementById('result-text').textContent = data.text;
    const again = document.getElementById('result-again');
    again.replaceChildren();
    for (const chapter of document.querySelectorAll('.chapter')) {
      const isMeant = data.again.includes(chapter.dataset.guardrail);
      const heading = chapter.querySelector('h2');
      heading.querySelector('.again').hidden = !isMeant;
      if (!isMeant) continue;
      const link = document.createElement('a');
      link.href = `#${heading.id}`;
      link.textContent = `Read again: ${heading.firstChild.textContent.trim()}`;
      const item = document.createElement('li');
      item.append(link);
      again.append(item);
    }
    for (const input of form.querySelectorAll('input')) input.disabled = data.isFinal;
    submit.hidden = true;
    retry.hidden = !data.mayRetry;
    result.hidden = false;
    result.focus();
    result.scrollIntoView({ block: 'nearest' });
  });
})();
