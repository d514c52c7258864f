// Runs dolos over the input file and prints its answer as JSON. Started by askDolos in a process of its own, since its
// parsers are native code. Each language is an index of its own, as dolos has it.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [folder, inputPath, outputPath] = process.argv.slice(2);
const { File, FingerprintIndex, LanguagePicker } = await import(
  pathToFileURL(join(folder, 'node_modules/@dodona/dolos-lib/dist/index.js')).href
);
const input = JSON.parse(readFileSync(inputPath, 'utf8'));
const languages = {
  js: 'javascript',
  mjs: 'javascript',
  cjs: 'javascript',
  jsx: 'javascript',
  ts: 'typescript',
  mts: 'typescript',
  tsx: 'tsx',
  c: 'cpp',
  h: 'cpp',
  cc: 'cpp',
  cpp: 'cpp',
  cxx: 'cpp',
  hpp: 'cpp',
  java: 'java',
  cs: 'c-sharp',
  py: 'python',
  go: 'go',
  rs: 'rust',
  php: 'php',
};
const languageOf = (path) => languages[/\.([A-Za-z]+)$/.exec(path)?.[1]?.toLowerCase() ?? ''];
const kgramLength = 23;
const kgramsInWindow = 17;
const inARow = 16;

const indexes = new Map();
const picker = new LanguagePicker();
const unsupported = new Set();
let bytes = 0;
const started = performance.now();
for (const file of input.restricted) {
  const name = languageOf(file.path);
  if (name === undefined || unsupported.has(name)) continue;
  let entry = indexes.get(name);
  if (entry === undefined) {
    try {
      const language = await picker.findLanguage(name);
      entry = {
        index: new FingerprintIndex(kgramLength, kgramsInWindow),
        tokenizer: await language.createTokenizer({}),
        ids: new Map(),
      };
    } catch {
      unsupported.add(name);
      continue;
    }
    indexes.set(name, entry);
  }
  try {
    const tokenized = entry.tokenizer.tokenizeFile(new File(file.id, file.text));
    entry.index.addFiles([tokenized]);
    entry.ids.set(tokenized.id, { id: file.id, tokenized });
    bytes += file.text.length;
  } catch {
    // Texts over 32 KB and the like fail in some parsers; such a file is not indexed.
  }
}
const buildMs = performance.now() - started;

const times = [];
const any = [];
const long = [];
for (const group of input.groups) {
  const anyOfGroup = [];
  const longOfGroup = [];
  for (const paste of group) {
    const entry = indexes.get(languageOf(paste.path) ?? '');
    if (entry === undefined) {
      anyOfGroup.push(null);
      longOfGroup.push(null);
      continue;
    }
    const began = performance.now();
    const shared = new Map();
    const rows = [];
    try {
      const tokenized = entry.tokenizer.tokenizeFile(new File(paste.path, paste.text));
      entry.index.addFiles([tokenized]);
      const own = entry.index.entries().at(-1);
      for (const fingerprint of own.shared)
        for (const file of fingerprint.files())
          if (entry.ids.has(file.id)) shared.set(file.id, (shared.get(file.id) ?? 0) + 1);
      for (const [id, count] of shared) {
        if (count < inARow) continue;
        const pair = entry.index.getPair(tokenized, entry.ids.get(id).tokenized);
        if (pair.longest >= inARow) rows.push(entry.ids.get(id).id);
      }
    } catch {
      // What dolos cannot read it does not recognise.
    }
    times.push(performance.now() - began);
    anyOfGroup.push([...shared.keys()].map((id) => entry.ids.get(id).id));
    longOfGroup.push(rows);
  }
  any.push(anyOfGroup);
  long.push(longOfGroup);
}
times.sort((a, b) => a - b);
writeFileSync(
  outputPath,
  JSON.stringify({
    any,
    long,
    buildMs,
    bytes,
    p50: times[times.length >> 1] ?? 0,
    p99: times[Math.floor(times.length * 0.99)] ?? 0,
  }),
);
