import { type components, received } from '#client';
import { connectSignedIn, partyOf } from '../connect.js';
import { EXIT, UsageError } from '../exit.js';
import type { CommandContext } from '../command-context.js';

type Schemas = components['schemas'];

/** `party NAME`: registers a party that the account acts for. */
export async function createParty({
  terminal,
  args,
  options,
}: CommandContext<{
  kind: Schemas['RegisterPartyRequest']['kind'];
  country?: string;
}>): Promise<number> {
  const client = await connectSignedIn(terminal);
  const body = { displayName: args[0]!, kind: options.kind, country: options.country };
  const party = await received(client.api.POST('/v1/parties', { body }));
  if (terminal.json) terminal.value(party);
  else terminal.data(`${party.id}  ${party.displayName}`);
  return EXIT.done;
}

/** `register TITLE`: recording, composition and both claims in one step. */
export async function registerSong({
  terminal,
  args,
  options,
}: CommandContext<{
  isrc?: string;
  iswc?: string;
  released?: string;
  party?: string;
}>): Promise<number> {
  const client = await connectSignedIn(terminal);
  const body = {
    party: await partyOf(client, options.party),
    title: args[0]!,
    identifiers: options.isrc ? [{ scheme: 'isrc', value: options.isrc }] : undefined,
    compositionIdentifiers: options.iswc ? [{ scheme: 'iswc', value: options.iswc }] : undefined,
    releasedOn: options.released,
  };
  const song = await received(client.api.POST('/v1/songs', { body }));
  if (terminal.json) {
    terminal.value(song);
    return EXIT.done;
  }
  terminal.data(`recording    ${song.recording.id}`);
  terminal.data(`composition  ${song.composition.id}`);
  return EXIT.done;
}

/** `declare TEMPLATE`: on a work, a catalogue or all that a party holds. */
export async function declare({
  terminal,
  args,
  options,
}: CommandContext<{
  work?: string;
  catalogue?: string;
  party?: string;
  layer?: Schemas['DeclareRequest']['layers'];
}>): Promise<number> {
  if (options.work && options.catalogue) {
    throw new UsageError('Name a work or a catalogue, not both; neither means all that you hold.');
  }
  const client = await connectSignedIn(terminal);
  const party = await partyOf(client, options.party);
  const subject: Schemas['SubjectRequest'] = options.work
    ? { kind: 'work', id: options.work }
    : options.catalogue
      ? { kind: 'catalogue', id: options.catalogue }
      : { kind: 'party' };
  const body = { party, subject, layers: options.layer, template: args[0] };
  const { declarations } = await received(client.api.POST('/v1/declarations', { body }));
  if (terminal.json) terminal.value(declarations);
  else for (const { id, layer } of declarations) terminal.data(`${id}  ${layer}`);
  return EXIT.done;
}
