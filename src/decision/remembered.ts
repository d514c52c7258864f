/** A function that keeps its answers, up to `limit` of them: asks repeat themselves, and what they name comes from outside. */
export function remembered<Key, Answer>(answer: (key: Key) => Answer, limit = 10_000): (key: Key) => Answer {
  const known = new Map<Key, Answer>();
  return (key) => {
    const found = known.get(key);
    if (found !== undefined || known.has(key)) return found as Answer;
    const fresh = answer(key);
    if (known.size >= limit) known.clear();
    known.set(key, fresh);
    return fresh;
  };
}
