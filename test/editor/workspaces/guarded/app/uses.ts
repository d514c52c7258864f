import { tide } from './tide.js';
import { sealedGauge } from '../sealed/gauge.js';
import { reasonGauge } from '../reason/gauge.js';
import { warnedGauge } from '../warned/gauge.js';
import { openGauge } from '../open/gauge.js';
import { before } from './mixed.js';
import { markedGauge } from './mixed.js';

export const all = [tide, sealedGauge, reasonGauge, warnedGauge, openGauge, before, markedGauge];
