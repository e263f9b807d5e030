import type { OpenStream } from '#platform';
import type { Changes } from './changes.service.js';
import { encodePosition, type Position } from './domain/index.js';
import { ChangeResponse } from './dto/changes.response.js';

const PAGE = 100;

/** Proxies close what is silent for longer. */
const HEARTBEAT_MS = 15_000;

/**
 * Changes as server-sent events, from a position on and without end: each with the id under which a
 * client that was cut off goes on (Last-Event-ID). `later` settles when there may be more.
 */
export async function* changeEvents(
  changes: Changes,
  from: Position,
  {
    stream,
    later,
  }: { stream: OpenStream; later: (logSize: number, timeoutMs: number) => Promise<void> },
): AsyncGenerator<string, void> {
  yield 'retry: 3000\n\n';
  let position = from;
  while (!stream.signal.aborted) {
    const page = await changes.read(position, PAGE);
    for (const change of page.changes) {
      const data = JSON.stringify(ChangeResponse.from(change));
      yield `id: ${encodePosition(change.next)}\nevent: change\ndata: ${data}\n\n`;
    }
    position = page.next;
    if (page.changes.length > 0) continue;
    await later(page.logSize, HEARTBEAT_MS);
    // A comment, which clients pass over.
    if (!stream.signal.aborted) yield ':\n\n';
  }
}
