const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** What a browser says about where a request comes from. */
export interface RequestOrigin {
  method: string;
  /** Sec-Fetch-Site, which no script can forge; older browsers leave it out. */
  fetchSite: string | undefined;
  /** Origin; `null` as text for a sandboxed page. */
  origin: string | undefined;
}

/**
 * Says whether a request that a cookie vouches for was made by our own page (`own` are the
 * registry's origins). Reading is always ours, because it changes nothing and the browser keeps
 * the answer from other sites. A change needs a browser's word for it: silence is a refusal.
 */
export function isSameOrigin(request: RequestOrigin, own: readonly string[]): boolean {
  const { method, fetchSite, origin } = request;
  if (SAFE_METHODS.has(method)) return true;
  if (fetchSite !== undefined && fetchSite !== 'same-origin') return false;
  if (origin !== undefined && !own.includes(origin)) return false;
  return fetchSite !== undefined || origin !== undefined;
}
