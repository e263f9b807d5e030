/**
 * A refusal of a use case, in the words of the domain. It knows nothing of HTTP: the edge looks
 * the code up in one table (`platform/http/problem-registry.ts`) and turns it into RFC 9457.
 */
export class DomainProblem extends Error {
  override name = 'DomainProblem';

  constructor(
    /** Stable `module/kebab-case` code, one of the module's `*.errors.ts`. */
    readonly code: string,
    /** One sentence for the person who asked: what is wrong and what to do. */
    readonly detail: string,
    /** Typed extension members of the problem, for programs. */
    readonly extensions: Readonly<Record<string, unknown>> = {},
  ) {
    super(`${code}: ${detail}`);
  }
}

/** What the edge has to know about one problem code. */
export interface ProblemKind {
  readonly status: number;
  readonly title: string;
  /** Plain words for the page at `/problems/<code>`: what it means and how to mend it. */
  readonly help: string;
}

/** A module's closed list of problem kinds, keyed by code. */
export type ProblemKinds<Code extends string = string> = Readonly<Record<Code, ProblemKind>>;

/** One fault at one place of an input: RFC 6901 pointer and a sentence. */
export interface FieldFault {
  readonly pointer: string;
  readonly detail: string;
}
