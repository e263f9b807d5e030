import { DomainProblem } from '#kernel';

/** The strong ETag of a resource that counts its revisions (RFC 9110 §8.8.3). */
export function revisionEtag(revision: number): string {
  return `"r${revision}"`;
}

/**
 * The revision that the client read, from If-Match. Refuses a missing header with
 * `request/precondition-required` and a foreign one with `request/precondition-failed`.
 */
export function expectedRevision(ifMatch: string | undefined): number {
  if (ifMatch === undefined || ifMatch.trim() === '') {
    throw new DomainProblem(
      'request/precondition-required',
      'Send the ETag of the version you read in If-Match.',
    );
  }
  const match = /^"r(\d{1,9})"$/.exec(ifMatch.trim());
  if (!match) throw stale();
  return Number(match[1]);
}

/** Refuses with `request/precondition-failed`: somebody changed it since it was read. */
export function stale(currentRevision?: number): DomainProblem {
  return new DomainProblem(
    'request/precondition-failed',
    'The resource has changed since the version named in If-Match.',
    currentRevision === undefined ? {} : { currentEtag: revisionEtag(currentRevision) },
  );
}
