import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { VehicleReport } from '../../orchestrator/public/messages.js';
import { heatmap } from '../src/heatmap.js';
import { computeKpis, quantile } from '../src/kpis.js';
import { shiftReport } from '../src/shiftReport.js';

const at = (x: number, charge = 0.5): VehicleReport => ({ vehicle: 1, make: 'corvid-c4', cell: { x, y: 0 }, charge, carrying: false });

describe('the key figures', () => {
  it('say how late the median delivery is and how much was driven', () => {
    const kpis = computeKpis(
      [{ task: 1, due: 10, at: 8 }, { task: 2, due: 10, at: 14 }, { task: 3, due: 10, at: 20 }],
      [[at(0)], [at(1)], [at(1)], [at(2, 0.4)], [at(3, 0.39)]],
    );
    assert.equal(kpis.medianLateness, 4);
    assert.equal(kpis.driving, 0.75);
    assert.equal(kpis.lowestCharge, 0.39);
    assert.equal(kpis.perHundredTicks, 60);
  });

  it('are defined for a shift without deliveries', () => {
    assert.equal(computeKpis([], []).onTime, undefined);
    assert.equal(quantile([], 0.5), 0);
  });
});

describe('the heat map', () => {
  it('draws the busiest cell darkest and counts a standing vehicle once', () => {
    assert.equal(heatmap(3, 1, [[at(1)], [at(1)], [at(0)], [at(1)]]), '#@ ');
  });
});

describe('the shift report', () => {
  it('aligns its columns', () => {
    const text = shiftReport([
      { name: 'Early', kpis: computeKpis([{ task: 1, due: 5, at: 4 }], [[at(0)], [at(1)]]) },
      { name: 'Night', kpis: computeKpis([], []) },
    ]);
    const lines = text.split('\n');
    assert.equal(lines.length, 4);
    assert.equal(lines[2], 'Early           1    100 %          0.0     50.0    100 %        50 %');
    assert.equal(lines[0]!.length, lines[2]!.length);
  });
});
