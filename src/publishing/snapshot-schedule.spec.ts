import { beforeAll, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { DomainProblem } from '#kernel';
import type { SnapshotPlan } from './snapshot-jobs.repository.js';
import { SnapshotSchedule } from './snapshot-schedule.service.js';

const NOW = Date.parse('2026-11-28T12:00:00Z');
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** A schedule whose queue is a list, and whose snapshots are made or refused at once. */
function scheduleEvery(hours: number, refusal?: Error) {
  const plans: [inMs: number, plan: SnapshotPlan][] = [];
  const made: number[] = [];
  let job: (payload: object, signal?: AbortSignal) => Promise<void>;
  let start: () => Promise<void>;
  const worker = {
    on: (_: string, handler: typeof job) => (job = handler),
    onStart: (work: typeof start) => (start = work),
  };
  const jobs = {
    plan: async (at: Date, plan: SnapshotPlan) => plans.push([at.getTime() - NOW, plan]),
  };
  const publisher = {
    publish: async () => {
      if (refusal) throw refusal;
      made.push(NOW);
    },
  };
  const shelf = {
    latest: async () => (made.length === 0 ? null : { manifest: { asOf: made.at(-1)! } }),
  };
  const parts = [worker, jobs, publisher, shelf, { now: () => NOW }];
  const all = [...parts, { SNAPSHOT_EVERY_HOURS: hours }] as unknown as ConstructorParameters<
    typeof SnapshotSchedule
  >;
  const schedule = new SnapshotSchedule(...all);
  return { schedule, plans, made, start: () => start(), run: (payload: object) => job(payload) };
}

beforeAll(() => Logger.overrideLogger(false));

describe('the schedule of snapshots', () => {
  it('has the first made at once and the next in so many hours', async () => {
    const { plans, made, start, run } = scheduleEvery(6);
    await start();
    expect(plans).toEqual([[0, { asked: false }]]);
    await run({ asked: false });
    expect(made).toHaveLength(1);
    expect(plans[1]).toEqual([6 * HOUR_MS, { asked: false }]);
  });

  it('makes none where the setting is 0, even one that was planned before', async () => {
    const { plans, made, start, run } = scheduleEvery(0);
    await start();
    // As it was queued before plans said who asked, too.
    for (const payload of [{ asked: false }, {}]) await run(payload);
    expect([plans, made]).toEqual([[], []]);
  });

  it('makes the one that an operator asks for, whatever the setting', async () => {
    const { schedule, plans, made, run } = scheduleEvery(0);
    await schedule.now();
    expect(plans).toEqual([[0, { asked: true }]]);
    await run({ asked: true });
    expect([plans.length, made.length]).toEqual([1, 1]);
  });

  it('tries again what failed, and waits less long where nothing is registered', async () => {
    const broken = scheduleEvery(6, new Error('no room on the disk'));
    await broken.run({ asked: true });
    expect(broken.plans).toEqual([[10 * MINUTE_MS, { asked: true }]]);
    expect(broken.schedule.lastFailure).toBe('no room on the disk');
    const empty = new DomainProblem('publishing/nothing-registered', 'Nothing is registered.');
    const fresh = scheduleEvery(6, empty);
    await fresh.run({ asked: false });
    expect(fresh.plans).toEqual([[MINUTE_MS, { asked: false }]]);
  });
});
