import { PassThrough } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { OpenStreams } from './open-streams.service.js';
import { readableOf } from './slow-reader.js';
import { StreamedBody } from './streamed-body.js';

describe('a streamed body', () => {
  const bodyOf = (message: PassThrough) =>
    new StreamedBody('text/csv', Object.assign(message, { socket: {} }) as never, undefined, 30);

  it('is given piece by piece', async () => {
    const message = new PassThrough();
    message.write('a');
    setTimeout(() => message.end('b'), 5);
    const got: string[] = [];
    for await (const piece of bodyOf(message).pieces()) got.push(piece.toString());
    expect(got).toEqual(['a', 'b']);
  });

  it('ends where the client is silent while more is waited for, and not before that', async () => {
    const message = new PassThrough();
    message.write('a');
    const pieces = bodyOf(message).pieces();
    await pieces.next();
    // Nobody waits for the client now.
    await sleep(50);
    message.write('b');
    expect((await pieces.next()).done).toBe(false);
    await expect(pieces.next()).rejects.toMatchObject({ code: 'request/timeout' });
    expect(message.destroyed).toBe(false);
  });
});

describe('a stream that is made as it is read', () => {
  const endless = async function* () {
    for (;;) yield Buffer.alloc(1_000);
  };

  it('cuts a client off that reads nothing, and gives its place back', async () => {
    const calls: string[] = [];
    const stream = readableOf(endless(), {
      ...{ cut: () => calls.push('cut'), done: () => calls.push('done'), unreadMs: 20 },
    });
    stream.read(1);
    await sleep(60);
    expect(calls).toEqual(['cut']);
    stream.destroy();
    await sleep(5);
    expect(calls).toEqual(['cut', 'done']);
  });

  it('cuts nobody off for whom nothing is there', async () => {
    const calls: string[] = [];
    const slow = async function* () {
      yield Buffer.from('a');
      await sleep(60);
      yield Buffer.from('b');
    };
    const stream = readableOf(slow(), {
      ...{ cut: () => calls.push('cut'), done: () => calls.push('done'), unreadMs: 20 },
    });
    const got: string[] = [];
    for await (const piece of stream) got.push(String(piece));
    expect([got, calls]).toEqual([['a', 'b'], ['done']]);
  });
});

describe('open streams', () => {
  it('are counted by client, and given back once', () => {
    const streams = new OpenStreams();
    const first = streams.take('a', 2);
    streams.take('a', 2);
    expect(() => streams.take('a', 2)).toThrow(
      expect.objectContaining({ code: 'request/too-many-streams' }),
    );
    streams.take('b', 2);
    first.close();
    first.close();
    expect(first.signal.aborted).toBe(true);
    expect(streams.count).toBe(2);
    streams.take('a', 2);
  });

  it('all end when the server stops', () => {
    const streams = new OpenStreams();
    const open = streams.take('a', 2);
    streams.beforeApplicationShutdown();
    expect(open.signal.aborted).toBe(true);
    expect(() => streams.take('a', 2)).toThrow(
      expect.objectContaining({ code: 'server/overloaded' }),
    );
  });
});
