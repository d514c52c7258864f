import { ENGINE_VERSION } from './engine.js';

process.stdout.write(`devterms ${ENGINE_VERSION}\n`);
