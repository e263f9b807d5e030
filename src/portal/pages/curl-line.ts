import type { Ask } from '#lookup';

/** The command that asks the same of the API, safe to paste into a shell. */
export function curlLine(base: string, scheme: string, value: string, ask: Ask): string {
  const query = new URLSearchParams({ purposes: ask.purposes.join(',') });
  const { actorClass, territory, lawfulSource } = ask.inquiry;
  if (actorClass !== undefined) query.set('actorClass', actorClass);
  if (territory !== undefined) query.set('territory', territory);
  if (lawfulSource !== undefined) query.set('lawfulSource', String(lawfulSource));
  const address = `${base}/v1/lookup/${scheme}/${encodeURIComponent(value)}?${query.toString()}`;
  // A quote would end the argument; commas may stay readable.
  return `curl '${address.replaceAll("'", '%27').replaceAll('%2C', ',')}'`;
}
