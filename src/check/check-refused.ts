/** A check that can't be made or finished, in one sentence for the person. It never has a verdict. */
export class CheckRefused extends Error {
  override name = 'CheckRefused';
}
