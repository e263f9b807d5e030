/** The chapters of the API's description, in the order in which a newcomer needs them. */
export const TAGS: readonly { name: string; description: string }[] = [
  { name: 'Lookup', description: 'Ask what may be done with works: one, or 10,000 at a time.' },
  { name: 'Changes', description: 'Learn what changed since, for all works or those you hold.' },
  { name: 'Accounts', description: 'Sign up, sign in, keep API keys.' },
  { name: 'Parties', description: 'Artists, groups, labels, publishers, estates: who declares.' },
  { name: 'Mandates', description: 'Who may speak for a party, confirmed by that party.' },
  { name: 'Verifications', description: 'Prove who a party is.' },
  { name: 'Passkeys', description: 'The artist’s own key, to sign declarations with.' },
  { name: 'Notices', description: 'Be told of every leaf that concerns a party of yours.' },
  { name: 'Works', description: 'Recordings, compositions, releases and the rest.' },
  { name: 'Catalogues', description: 'Named sets of works, to declare for all of them at once.' },
  { name: 'Claims', description: 'Who holds which layer of which work.' },
  { name: 'Consent', description: 'Declare what may be done, preview it, withdraw it.' },
  { name: 'Licences', description: 'What was granted to one inquirer.' },
  {
    name: 'Preservation',
    description: 'What archives hold, and what they declare about the state of works.',
  },
  { name: 'Imports', description: 'Bring in a catalogue from a file.' },
  { name: 'Log', description: 'The append-only log that every declaration stands in.' },
  { name: 'Operators', description: 'Decisions of those who run the registry.' },
  { name: 'Operations', description: 'For machines that watch the server.' },
];

/** Names that controllers use for a chapter that goes by another here. */
const KNOWN_AS: Readonly<Record<string, string>> = {
  operator: 'Operators',
  lookups: 'Lookup',
  transparency: 'Log',
};

/** The chapter for a tag as a controller writes it. Throws on one that has no chapter. */
export function tagOf(tag: string): string {
  const lower = tag.toLowerCase();
  const name = KNOWN_AS[lower] ?? TAGS.find((one) => one.name.toLowerCase() === lower)?.name;
  if (name === undefined) throw new Error(`The tag “${tag}” has no chapter in openapi/tags.ts`);
  return name;
}
