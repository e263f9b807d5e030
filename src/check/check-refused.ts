/** A check that can't be made or finished, in one sentence for the person. It never has a verdict. */
export class CheckRefused extends Error {
  override name = 'CheckRefused';
  /** Whether something was asked for that can't be. */
  readonly isMisuse: boolean;

  constructor(message: string, { isMisuse = false } = {}) {
    super(message);
    this.isMisuse = isMisuse;
  }
}
