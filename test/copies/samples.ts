/** One piece of code per language, written for these tests: long enough to be somebody's work, short enough to read. */
export const samples: Readonly<Record<string, string>> = {
  'planner.ts': `export function planRoute(graph: RoadGraph, start: NodeId, goal: NodeId): Route | undefined {
  const frontier = new PriorityQueue<NodeId>();
  const cheapest = new Map<NodeId, number>([[start, 0]]);
  const cameFrom = new Map<NodeId, NodeId>();
  frontier.push(start, 0);
  while (!frontier.isEmpty()) {
    const current = frontier.pop();
    if (current === goal) return unwind(cameFrom, goal);
    for (const edge of graph.edgesFrom(current)) {
      const cost = (cheapest.get(current) ?? Infinity) + edge.length * surfacePenalty(edge.surface);
      if (cost >= (cheapest.get(edge.target) ?? Infinity)) continue;
      cheapest.set(edge.target, cost);
      cameFrom.set(edge.target, current);
      frontier.push(edge.target, cost + 0.82 * distance(edge.target, goal));
    }
  }
  return undefined;
}`,
  'Gauge.jsx': `export function Gauge({ value, limit, unit, onAlarm }) {
  const [peak, setPeak] = useState(value);
  const share = Math.min(1, Math.max(0, value / limit));
  useEffect(() => {
    if (value > peak) setPeak(value);
    if (value > limit * 0.95) onAlarm({ value, at: performance.now() });
  }, [value, peak, limit]);
  return (
    <figure className={share > 0.8 ? 'gauge hot' : 'gauge'}>
      <svg viewBox="0 0 100 60" role="meter" aria-valuenow={value}>
        <path d={arc(50, 50, 40, Math.PI * (1 - share))} strokeWidth={8} />
        <line x1={50} y1={50} x2={50 + 38 * Math.cos(Math.PI * (1 - peak / limit))} y2={12} />
      </svg>
      <figcaption>{value.toFixed(1)} {unit}, peak {peak.toFixed(1)}</figcaption>
    </figure>
  );
}`,
  'kalman.cpp': `void Tracker::update(const Measurement& z, double dt) {
  state_.position += state_.velocity * dt + 0.5 * state_.acceleration * dt * dt;
  state_.velocity += state_.acceleration * dt;
  const double innovation = z.range - state_.position.norm();
  const double variance = covariance_(0, 0) + z.noise * z.noise;
  if (innovation * innovation > 9.0 * variance) {
    ++rejected_;
    return;
  }
  for (int row = 0; row < kStates; ++row) {
    gain_[row] = covariance_(row, 0) / variance;
    state_.vector[row] += gain_[row] * innovation;
  }
  for (int row = 0; row < kStates; ++row) {
    for (int column = 0; column < kStates; ++column) {
      covariance_(row, column) -= gain_[row] * covariance_(0, column);
    }
  }
  last_seen_ = z.timestamp;
}`,
  'ring.c': `int ring_put(struct ring *r, const uint8_t *src, size_t len)
{
    size_t free = r->size - (r->head - r->tail);
    if (len > free) {
        r->dropped += len - free;
        len = free;
    }
    size_t at = r->head & (r->size - 1);
    size_t first = len < r->size - at ? len : r->size - at;
    memcpy(r->data + at, src, first);
    memcpy(r->data, src + first, len - first);
    __atomic_store_n(&r->head, r->head + len, __ATOMIC_RELEASE);
    if (r->waiter && r->head - r->tail >= r->watermark)
        futex_wake(&r->waiter->word, 1);
    return (int)len;
}`,
  'Ledger.java': `public Balance settle(Account account, LocalDate day) {
    Balance balance = balances.getOrDefault(account.id(), Balance.ZERO);
    for (Posting posting : postings.of(account, day)) {
        BigDecimal amount = posting.amount().multiply(rates.on(day, posting.currency()));
        if (posting.kind() == Kind.DEBIT) {
            amount = amount.negate();
        }
        balance = balance.plus(amount.setScale(2, RoundingMode.HALF_EVEN));
        if (balance.isBelow(account.overdraft())) {
            alerts.publish(new OverdraftAlert(account.id(), day, balance));
        }
    }
    balances.put(account.id(), balance);
    return balance.withInterest(account.rate(), ChronoUnit.DAYS.between(account.lastSettled(), day));
}`,
  'segments.py': `def split_segments(samples, rate, floor=0.02, hold=0.25):
    """Cut a recording where it is silent."""
    window = int(rate * 0.01)
    energy = [sum(s * s for s in samples[i:i + window]) / window for i in range(0, len(samples), window)]
    segments, begin, quiet = [], None, 0
    for index, level in enumerate(energy):
        if level > floor:
            if begin is None:
                begin = index
            quiet = 0
        elif begin is not None:
            quiet += window / rate
            if quiet >= hold:
                segments.append((begin * window, (index - int(hold * 100)) * window))
                begin = None
    if begin is not None:
        segments.append((begin * window, len(samples)))
    return segments`,
  'Scheduler.cs': `public async Task<int> DrainAsync(Channel<Job> jobs, int width, CancellationToken stop)
{
    var running = new List<Task<Outcome>>(width);
    var failed = 0;
    await foreach (var job in jobs.Reader.ReadAllAsync(stop))
    {
        if (job.Deadline < clock.UtcNow)
        {
            ledger.Skip(job.Id, "too late");
            continue;
        }
        running.Add(Execute(job with { Attempt = job.Attempt + 1 }, stop));
        if (running.Count < width) continue;
        var finished = await Task.WhenAny(running);
        running.Remove(finished);
        failed += (await finished).Succeeded ? 0 : 1;
    }
    return failed + (await Task.WhenAll(running)).Count(outcome => !outcome.Succeeded);
}`,
  'limiter.go': `func (l *Limiter) Take(ctx context.Context, tenant string, n int64) (time.Duration, error) {
	l.mu.Lock()
	bucket, ok := l.buckets[tenant]
	if !ok {
		bucket = &Bucket{tokens: l.burst, last: l.now()}
		l.buckets[tenant] = bucket
	}
	elapsed := l.now().Sub(bucket.last)
	bucket.tokens = min(l.burst, bucket.tokens+int64(elapsed.Seconds()*l.perSecond))
	bucket.last = l.now()
	if bucket.tokens >= n {
		bucket.tokens -= n
		l.mu.Unlock()
		return 0, nil
	}
	wait := time.Duration(float64(n-bucket.tokens) / l.perSecond * float64(time.Second))
	l.mu.Unlock()
	return wait, ctx.Err()
}`,
  'arena.rs': `pub fn alloc<'a>(&'a mut self, size: usize, align: usize) -> Option<&'a mut [u8]> {
    let start = (self.used + align - 1) & !(align - 1);
    let end = start.checked_add(size)?;
    if end > self.chunk.len() {
        let next = self.chunk.len().max(size + align) * 2;
        self.retired.push(std::mem::replace(&mut self.chunk, vec![0u8; next]));
        self.used = 0;
        self.wasted += end - start;
        return self.alloc(size, align);
    }
    self.used = end;
    self.peak = self.peak.max(self.retired.iter().map(|c| c.len()).sum::<usize>() + end);
    Some(&mut self.chunk[start..end])
}`,
  'Cache.kt': `suspend fun resolve(key: String, freshness: Duration, load: suspend (String) -> ByteArray): ByteArray {
    val entry = mutex.withLock { entries[key] }
    if (entry != null && clock.now() - entry.storedAt < freshness) {
        hits.incrementAndGet()
        return entry.bytes
    }
    val loaded = runCatching { load(key) }.getOrElse { failure ->
        if (entry != null && entry.storedAt + graceful > clock.now()) return entry.bytes
        throw CacheMiss(key, failure)
    }
    mutex.withLock {
        entries[key] = Entry(loaded, clock.now())
        while (entries.values.sumOf { it.bytes.size } > capacity) entries.remove(entries.keys.first())
    }
    return loaded
}`,
  'Mixer.swift': `func mix(_ tracks: [Track], into buffer: inout [Float], at frame: Int) -> Float {
    var loudest: Float = 0
    for track in tracks where !track.isMuted {
        guard let clip = track.clip(covering: frame) else { continue }
        let fade = min(1, Float(frame - clip.start) / Float(clip.attack))
        let gain = track.volume * fade * (soloed.isEmpty || soloed.contains(track.id) ? 1 : 0.1)
        for index in buffer.indices {
            let sample = clip.samples[(frame - clip.start + index) % clip.samples.count]
            buffer[index] += sample * gain
            loudest = max(loudest, abs(buffer[index]))
        }
    }
    if loudest > ceiling {
        for index in buffer.indices { buffer[index] *= ceiling / loudest }
    }
    return loudest
}`,
  'Tariff.php': `public function quote(array $parcels, string $zone, \\DateTimeImmutable $pickup): Quote
{
    $total = 0;
    $heaviest = 0.0;
    foreach ($parcels as $parcel) {
        $volumetric = $parcel->length * $parcel->width * $parcel->height / 5000;
        $weight = max($parcel->weight, $volumetric);
        $heaviest = max($heaviest, $weight);
        $step = (int) ceil($weight / 0.5);
        $total += $this->rates[$zone]['base'] + $step * $this->rates[$zone]['step'];
        if ($parcel->isFragile && $zone !== 'local') {
            $total += $this->surcharges['fragile'];
        }
    }
    $weekend = (int) $pickup->format('N') >= 6;
    return new Quote($weekend ? $total * 1.2 : $total, $heaviest > 31.5 ? 'freight' : 'parcel');
}`,
  'matcher.rb': `def match(offers, request)
  ranked = offers.reject { |offer| offer.expires_at < request.needed_at }
  ranked = ranked.map do |offer|
    overlap = (offer.skills & request.skills).size / request.skills.size.to_f
    distance = haversine(offer.location, request.location)
    penalty = distance > request.radius ? (distance - request.radius) / 10.0 : 0
    [offer, overlap * 3 + offer.rating / 5.0 - penalty]
  end
  best, score = ranked.max_by { |_, points| points }
  return nil if best.nil? || score < threshold
  audit.record(:matched, request: request.id, offer: best.id, score: score.round(3))
  best.reserve!(until: request.needed_at + grace)
  best
end`,
  'recipe.weird': `procedure Blend(first, second, ratio) is
  total := first.amount + second.amount * ratio;
  while total > vessel.capacity loop
    first.amount := first.amount * 0.9;
    second.amount := second.amount * 0.9;
    total := first.amount + second.amount * ratio;
    report.spill(vessel.id, total - vessel.capacity);
  end loop;
  for step in 1 .. vessel.paddles loop
    vessel.stir(step, speed => 40 + step * 5, until => viscosity(first, second) < 0.3);
    if vessel.temperature > limit(first.kind, second.kind) then
      cool(vessel, by => vessel.temperature - limit(first.kind, second.kind));
    end if;
  end loop;
end Blend;`,
};

/** The same words in other places: every identifier becomes another one, the same each time. */
export function renamed(text: string, keep: ReadonlySet<string>): string {
  return text.replace(/[A-Za-z_$][A-Za-z0-9_$]*/g, (word) => (keep.has(word) ? word : newName(word)));
}

function newName(word: string): string {
  const sigil = word.startsWith('$') ? '$' : '';
  let number = 7;
  for (const character of word) number = (number * 31 + character.charCodeAt(0)) % 100_003;
  return `${sigil}n${number}${/^[A-Z]/.test(word) ? 'T' : 'v'}`;
}

/** Every `every`th line replaced by one of its own kind, and one new line put in. */
export function edited(text: string, every: number): string {
  return text
    .split('\n')
    .flatMap((line, at) => {
      if (at % every !== every - 1 || line.trim().length < 4) return [line];
      return [line.replace(/[A-Za-z]\w*/, 'somethingElse').replace(/\d+/g, '17')];
    })
    .join('\n');
}
