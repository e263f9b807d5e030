/** How far changes were told: everything before leaf `index`, and of that leaf perhaps a part. */
export interface Position {
  /** Log size that is told whole. */
  readonly index: number;
  /** Of the leaf: the last claim or work from which something was told; '' for none. */
  readonly root: string;
  /** Of what hangs on `root`: the last work that was told; '' where all of it was. */
  readonly work: string;
}

export function positionAt(index: number): Position {
  return { index, root: '', work: '' };
}

/** A position as clients keep it: opaque, and without a character that an address or header minds. */
export function encodePosition({ index, root, work }: Position): string {
  return Buffer.from(`${index} ${root} ${work}`, 'utf8').toString('base64url');
}

/** Null for what is no position of ours. */
export function decodePosition(text: string): Position | null {
  const plain = Buffer.from(text, 'base64url').toString('utf8');
  const match = /^(\d{1,15}) ((?:[a-z]{3}_[0-9a-z]{26})?) ((?:wrk_[0-9a-z]{26})?)$/.exec(plain);
  return match && { index: Number(match[1]), root: match[2]!, work: match[3]! };
}
