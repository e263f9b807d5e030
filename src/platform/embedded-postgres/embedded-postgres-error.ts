/** Every way in which the embedded server can refuse to start, for callers that branch on it. */
export type EmbeddedPostgresFault =
  | 'platform-unsupported'
  | 'binaries-broken'
  | 'no-ordinary-user'
  | 'data-folder-unreachable'
  | 'data-folder-foreign'
  | 'data-folder-version'
  | 'data-folder-in-use'
  | 'disk-full'
  | 'start-failed';

/** A refusal whose message is one sentence for people: what is wrong, and what to do about it. */
export class EmbeddedPostgresError extends Error {
  override readonly name = 'EmbeddedPostgresError';

  constructor(
    readonly fault: EmbeddedPostgresFault,
    message: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }
}
