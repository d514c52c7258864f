import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LinkError, readStatus, routeFrames, statusFrame, type CorvidSession } from '../src/adapters/corvidLink.js';
import { readTelegram, routeTelegram, TelegramError } from '../src/adapters/palisadeLink.js';

const session = (): CorvidSession => ({ vehicle: 7, key: 0x5eed, sequence: 41 });

describe('the C4 link', () => {
  it('reads back what a vehicle reports', () => {
    const report = readStatus(session(), statusFrame(session(), { x: 3610, y: 8380 }, 125, true));
    assert.deepEqual(report.cell, { x: 3, y: 7 });
    assert.equal(report.carrying, true);
    assert.ok(report.charge > 0.5 && report.charge < 0.6);
    assert.equal(report.fault, undefined);
  });

  it('names a fault', () => {
    assert.equal(readStatus(session(), statusFrame(session(), { x: 0, y: 0 }, 90, false, 0x2f)).fault, 'C4-002f');
  });

  it('refuses a frame in which a single bit has flipped, wherever it is', () => {
    const sound = statusFrame(session(), { x: 1200, y: 2400 }, 100, false);
    for (let bit = 0; bit < sound.length * 8; bit += 1) {
      const damaged = Uint8Array.from(sound);
      damaged[bit >> 3]! ^= 1 << (bit & 7);
      assert.throws(() => readStatus(session(), damaged), LinkError, `bit ${bit}`);
    }
  });

  it('splits a long route into frames and moves the sequence on by one each', () => {
    const zigzag = Array.from({ length: 90 }, (_, i) => ({ x: Math.ceil(i / 2), y: Math.floor(i / 2) }));
    const link = session();
    const frames = routeFrames(link, { vehicle: 7, route: zigzag, start: 0 });
    assert.equal(frames.length, 3);
    assert.equal(link.sequence, 44);
  });

  it('sends no order to the wrong vehicle', () => {
    assert.throws(() => routeFrames(session(), { vehicle: 8, route: [], start: 0 }), /another vehicle/);
  });
});

describe('the shuttle link', () => {
  it('reads a telegram with its fields in any order', () => {
    assert.deepEqual(readTelegram('ST 14 soc=81 y=7 lv=2 x=3 load=1 err=-'), {
      vehicle: 14,
      make: 'palisade-shuttle',
      cell: { x: 3, y: 7 },
      charge: 0.81,
      carrying: true,
    });
  });

  it('turns an error code into words, and keeps a code it does not know', () => {
    assert.equal(readTelegram('ST 1 x=0 y=0 soc=5 err=E2').fault, 'load overhang');
    assert.equal(readTelegram('ST 1 x=0 y=0 soc=5 err=E9').fault, 'unknown fault E9');
  });

  it('refuses a telegram without a position', () => {
    assert.throws(() => readTelegram('ST 1 x=0 soc=5'), TelegramError);
  });

  it('writes a wait where the route repeats a cell', () => {
    const route = [{ x: 1, y: 1 }, { x: 1, y: 1 }, { x: 2, y: 1 }];
    assert.equal(routeTelegram({ vehicle: 3, route, start: 12 }), 'RT 3 t=12 1.1 w 2.1');
  });
});
