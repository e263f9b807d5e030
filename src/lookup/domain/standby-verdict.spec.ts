import { describe, expect, it } from '@jest/globals';
import {
  type DatabaseSight,
  judgeStandby,
  LagFloor,
  type PrimarySight,
} from './standby-verdict.js';

const STANDBY: DatabaseSight = {
  ...{ system: '7', isInRecovery: true, isPaused: false, size: 10, tip: 'ab' },
};
const PRIMARY: PrimarySight = { system: '7', size: 12, tie: 'ab' };
const KNOWN = { floor: 10, wasCompared: true };
const NEW = { floor: 10, wasCompared: false };

describe('a standby', () => {
  it.each([
    ['that is as new as asked', STANDBY, PRIMARY, NEW, 'serving'],
    ['that was promoted', { ...STANDBY, isInRecovery: false }, PRIMARY, KNOWN, 'refused'],
    ['that was promoted unseen', { ...STANDBY, isInRecovery: false }, null, KNOWN, 'refused'],
    ['of another cluster', { ...STANDBY, system: '8' }, PRIMARY, KNOWN, 'refused'],
    ['with another last leaf', { ...STANDBY, tip: 'cd' }, PRIMARY, KNOWN, 'refused'],
    ['with a longer log', { ...STANDBY, size: 13 }, PRIMARY, KNOWN, 'refused'],
    ['that is paused', { ...STANDBY, isPaused: true }, PRIMARY, KNOWN, 'behind'],
    ['that is too old', STANDBY, PRIMARY, { floor: 11, wasCompared: true }, 'behind'],
    ['alone, and known', STANDBY, null, KNOWN, 'serving'],
    ['alone, and new', STANDBY, null, NEW, 'away'],
  ])('%s: %#', (_what, standby, primary, than, state) => {
    expect(judgeStandby(standby, primary, than).state).toBe(state);
  });
});

describe('the floor', () => {
  it('is the first sight at once, and later ones once the lag is over', () => {
    const floor = new LagFloor(1_000);
    expect(floor.at(0)).toBe(0);
    floor.see(10, 0);
    expect(floor.at(0)).toBe(10);
    floor.see(12, 100);
    floor.see(15, 600);
    expect(floor.at(1_099)).toBe(10);
    expect(floor.at(1_100)).toBe(12);
    expect(floor.at(5_000)).toBe(15);
  });

  it('goes back with a log that was restored', () => {
    const floor = new LagFloor(1_000);
    floor.see(10, 0);
    floor.see(4, 100);
    expect(floor.at(100)).toBe(4);
  });
});
