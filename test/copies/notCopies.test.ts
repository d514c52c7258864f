import assert from 'node:assert/strict';
import { createCopyIndex } from '../../src/copies/CopyIndex.js';

/** Pairs of texts of the same kind that nobody copied from one another: one stands in a region, one is pasted. */
const pairs: readonly { kind: string; path: string; restricted: string; pasted: string }[] = [
  {
    kind: 'imports',
    path: 'a.ts',
    restricted: `import { readFile, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import { createHash } from 'node:crypto';
import type { Route, Planner } from './planner.js';
import { Gauge } from '../ui/Gauge.js';
import express from 'express';
import { z } from 'zod';`,
    pasted: `import { readFile, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import { createHash } from 'node:crypto';
import type { Order, Basket } from './basket.js';
import { Dialog } from '../ui/Dialog.js';
import express from 'express';
import { z } from 'zod';`,
  },
  {
    kind: 'licence headers',
    path: 'a.java',
    restricted: `/*
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS.
 */
package com.example.alpha;
public class Alpha { void measure() { sensor.read(port, 3).scale(0.5); } }`,
    pasted: `/*
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS.
 */
package org.example.beta;
public interface Beta { List<String> namesOf(Group group); }`,
  },
  {
    kind: 'getters and setters',
    path: 'A.java',
    restricted: ['speed', 'torque', 'gear', 'load', 'angle', 'range']
      .map((name) => {
        const upper = name[0]?.toUpperCase() + name.slice(1);
        return `public int get${upper}() {\n  return ${name};\n}\npublic void set${upper}(int ${name}) {\n  this.${name} = ${name};\n}`;
      })
      .join('\n'),
    pasted: ['title', 'author', 'pages', 'price', 'isbn']
      .map((name) => {
        const upper = name[0]?.toUpperCase() + name.slice(1);
        return `public int get${upper}() {\n  return ${name};\n}\npublic void set${upper}(int ${name}) {\n  this.${name} = ${name};\n}`;
      })
      .join('\n'),
  },
  {
    kind: 'switch tables',
    path: 'a.c',
    restricted: `switch (code) {\n${['IDLE', 'BUSY', 'LOST', 'DONE', 'HELD', 'SENT', 'LATE', 'GONE'].map((name) => `case STATE_${name}:\n  return "${name.toLowerCase()}";`).join('\n')}\ndefault:\n  return "?";\n}`,
    pasted: `switch (kind) {\n${['RED', 'BLUE', 'PINK', 'GREY', 'LIME', 'TEAL', 'GOLD'].map((name) => `case COLOUR_${name}:\n  return "#${name}";`).join('\n')}\ndefault:\n  return "";\n}`,
  },
  {
    kind: 'config objects',
    path: 'a.js',
    restricted: `module.exports = {
  mode: 'production',
  entry: './src/planner.js',
  output: { path: '/srv/planner', filename: 'planner.js' },
  resolve: { extensions: ['.ts', '.js'] },
  devtool: 'source-map',
  target: 'node',
};`,
    pasted: `module.exports = {
  name: 'shop',
  port: 8080,
  database: { host: 'localhost', user: 'shop', pool: 5 },
  cache: { ttl: 300, store: 'memory' },
  debug: false,
  locales: ['de', 'en'],
};`,
  },
  {
    kind: 'test scaffolds',
    path: 'a.test.ts',
    restricted: `describe('planner', () => {
  let planner: Planner;
  beforeEach(() => {
    planner = new Planner();
  });
  it('finds the shortest way', () => {
    expect(planner.plan(grid, 0, 9)).toHaveLength(4);
  });
  it('says when there is none', () => {
    expect(planner.plan(island, 0, 9)).toBeUndefined();
  });
});`,
    pasted: `describe('basket', () => {
  let basket: Basket;
  beforeEach(() => {
    basket = new Basket();
    basket.add('book', 2);
  });
  it('adds up', () => {
    expect(basket.total()).toBe(24);
  });
  afterEach(() => basket.clear());
});`,
  },
  {
    kind: 'equals and hashCode',
    path: 'A.java',
    restricted: `@Override
public boolean equals(Object o) {
  if (this == o) return true;
  if (o == null || getClass() != o.getClass()) return false;
  Valve other = (Valve) o;
  return Objects.equals(id, other.id) && Objects.equals(bore, other.bore);
}
@Override
public int hashCode() {
  return Objects.hash(id, bore);
}`,
    pasted: `@Override
public boolean equals(Object o) {
  if (this == o) return true;
  if (o == null || getClass() != o.getClass()) return false;
  Reader other = (Reader) o;
  return Objects.equals(card, other.card) && Objects.equals(name, other.name);
}
@Override
public int hashCode() {
  return Objects.hash(card, name);
}`,
  },
  {
    kind: 'what compilers put in',
    path: 'a.js',
    restricted: `"use strict";
var __importDefault = (this && this.__importDefault) || function (mod) {
    return (mod && mod.__esModule) ? mod : { "default": mod };
};
Object.defineProperty(exports, "__esModule", { value: true });
exports.plan = plan;
const heap_1 = __importDefault(require("./heap"));`,
    pasted: `"use strict";
var __importDefault = (this && this.__importDefault) || function (mod) {
    return (mod && mod.__esModule) ? mod : { "default": mod };
};
Object.defineProperty(exports, "__esModule", { value: true });
exports.basket = basket;
const store_1 = __importDefault(require("./store"));`,
  },
  {
    kind: 'idioms',
    path: 'a.go',
    restricted: `for i, item := range items {
	if item == nil {
		continue
	}
	if err := check(item); err != nil {
		return fmt.Errorf("item %d: %w", i, err)
	}
}
return nil`,
    pasted: `for n, row := range rows {
	if len(row) == 0 {
		continue
	}
	total += row[0]
	if total > limit {
		return n, nil
	}
}
return 0, errors.New("no end")`,
  },
];

describe('The index is silent about', () => {
  const index = createCopyIndex({ key: new Uint8Array(16).fill(4) });
  for (const pair of pairs) index.add({ id: pair.kind, path: pair.path, text: pair.restricted });

  for (const { kind, path, pasted } of pairs) {
    it(kind, () => assert.deepEqual(index.query({ path, text: pasted }), []));
  }

  it('all of them at once', () => {
    for (const path of ['a.ts', 'a.java', 'a.c', 'a.go']) {
      assert.deepEqual(index.query({ path, text: pairs.map((pair) => pair.pasted).join('\n\n') }), []);
    }
  });
});
