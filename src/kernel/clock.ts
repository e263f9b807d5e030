/** The time, as a port: tests and replays bring their own. Epoch milliseconds, UTC. */
export abstract class Clock {
  abstract now(): number;
}

export class SystemClock extends Clock {
  now(): number {
    return Date.now();
  }
}
