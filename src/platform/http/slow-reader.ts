import { Readable } from 'node:stream';

/** How long a client may leave what is ready for it unread. */
const UNREAD_MS = 60_000;

/**
 * Pieces as a stream that is made as fast as it is read. A client that reads nothing for a minute is
 * cut off with `cut`. `done` is called once, however the stream ends.
 */
export function readableOf(
  pieces: AsyncIterator<string | Buffer>,
  { cut, done, unreadMs = UNREAD_MS }: { cut: () => void; done: () => void; unreadMs?: number },
): Readable {
  const timed = async function* () {
    let unread: NodeJS.Timeout | undefined;
    try {
      for (;;) {
        const { done: isOver, value } = await pieces.next();
        if (isOver) return;
        unread = setTimeout(cut, unreadMs);
        yield value;
        clearTimeout(unread);
      }
    } finally {
      clearTimeout(unread);
      await pieces.return?.();
    }
  };
  // One piece at a time: what waits in the stream would wait in memory.
  const stream = Readable.from(timed(), { objectMode: false, highWaterMark: 1 });
  stream.once('close', done);
  return stream;
}
