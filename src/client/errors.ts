/** The registry refused a request (RFC 9457). Nothing was done, and nothing is permitted by it. */
export class RegistryProblem extends Error {
  override name = 'RegistryProblem';

  constructor(
    readonly status: number,
    /** The problem document; empty where whoever answered was not a registry. */
    readonly problem: Readonly<Record<string, unknown>>,
  ) {
    super(describe(status, problem));
  }

  /** For example `lookup/too-many-items`; null where the registry gave none. */
  get code(): string | null {
    const { type } = this.problem;
    return typeof type === 'string' ? (/\/problems\/(.+)$/.exec(type)?.[1] ?? null) : null;
  }
}

/** There was no answer: nobody listens, the connection was lost, or it took too long. */
export class NoAnswer extends Error {
  override name = 'NoAnswer';

  constructor(
    readonly server: string,
    /** `ECONNREFUSED` and the like; `TIMEOUT` where it took too long; null where nothing is known. */
    readonly code: string | null,
    cause?: unknown,
  ) {
    super(
      code === 'TIMEOUT'
        ? `The registry at ${server} did not answer in time.`
        : `No registry answers at ${server}${code ? ` (${code})` : ''}.`,
      { cause },
    );
  }
}

/** There was an answer that nobody may rely on: incomplete, not to this question, or not proved. */
export class UnusableAnswer extends Error {
  override name = 'UnusableAnswer';
}

/** The problem that a response tells, whatever its body is. */
export async function problemOf(response: Response): Promise<RegistryProblem> {
  const text = await response.text().catch(() => '');
  try {
    const problem: unknown = JSON.parse(text);
    if (typeof problem === 'object' && problem !== null && !Array.isArray(problem)) {
      return new RegistryProblem(response.status, problem as Record<string, unknown>);
    }
  } catch {
    // Not a registry's words; the status must do.
  }
  return new RegistryProblem(response.status, {});
}

function describe(status: number, problem: Readonly<Record<string, unknown>>): string {
  const { detail, title, hint, errors } = problem as {
    detail?: string;
    title?: string;
    hint?: string;
    errors?: { pointer?: string; detail?: string }[];
  };
  if (Array.isArray(errors) && errors.length > 0) {
    const faults = errors
      .slice(0, 10)
      .map((fault) => `\n  ${fault.pointer || '/'}: ${fault.detail}`);
    return `The request has faults:${faults.join('')}`;
  }
  const sentence = detail ?? title ?? `The registry answered ${status}.`;
  return hint ? `${sentence} ${hint}` : sentence;
}
