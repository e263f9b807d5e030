import { describe, expect, it } from '@jest/globals';
import { Config } from '../config/load-config.js';
import { JobWorker } from './job-worker.js';

describe('the job worker', () => {
  it('starts nothing before what must have been done, and nothing where that fails', async () => {
    const worker = new JobWorker(Object.assign(new Config(), { NODE_ENV: 'production' }));
    const done: string[] = [];
    worker.onStart(() => {
      done.push('queued again');
      return Promise.resolve();
    });
    worker.before(() => {
      done.push('precondition');
      return Promise.reject(new Error('the journal is damaged'));
    });
    await expect(worker.onApplicationBootstrap()).rejects.toThrow('the journal is damaged');
    expect(done).toEqual(['precondition']);
  });
});
