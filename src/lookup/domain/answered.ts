/** What the purposes come to for some work or works; one object for all works in one standing. */
export interface Answered {
  readonly result: 'found' | 'ambiguous_match' | 'not_found';
  /** The JSON object of the answers by purpose. */
  readonly purposes: string;
  /** How every item answered so begins, as UTF-8, made when it is first needed. */
  encoded?: Buffer;
}
