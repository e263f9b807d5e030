import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestApp, FixedClock, type TestApp } from '../../support/test-app.js';

let app: TestApp;
let artist: string;
let party: string;
const clock = new FixedClock();

async function created<T = Record<string, never>>(
  url: string,
  body: unknown,
  as = artist,
): Promise<T> {
  const response = await app.request('POST', url, { body, as });
  expect({ status: response.statusCode, body: response.json() }).toMatchObject({ status: 201 });
  return response.json<T>();
}

beforeAll(async () => {
  app = await createTestApp({ clock });
  artist = await app.signUp('artist');
  ({ id: party } = await created<{ id: string }>('/v1/parties', {
    kind: 'person',
    displayName: 'Marla Glen',
  }));
});

afterAll(() => app.close());

describe('declaring consent', () => {
  it('expands a template into one declaration for each layer', async () => {
    const { declarations } = await created<{ declarations: Record<string, unknown>[] }>(
      '/v1/declarations',
      { party, subject: { kind: 'party' }, template: 'preserve_never_train' },
    );
    expect(declarations).toHaveLength(7);
    expect(declarations[0]).toMatchObject({
      party,
      subject: { kind: 'party', id: party },
      version: 1,
      current: true,
      template: 'preserve_never_train',
      terms: expect.arrayContaining([{ purpose: 'ai', decision: 'deny' }]),
    });
  });

  it('takes the recording’s compositions along for the layer composition', async () => {
    const song = await created<{ recording: { id: string }; composition: { id: string } }>(
      '/v1/songs',
      {
        party,
        title: 'Harbour Lights',
        identifiers: [{ scheme: 'isrc', value: 'US-UG1-19-04206' }],
      },
    );
    const { declarations } = await created<{ declarations: Record<string, unknown>[] }>(
      '/v1/declarations',
      {
        party,
        subject: { kind: 'work', id: song.recording.id },
        terms: [{ purpose: 'ai', decision: 'deny' }],
      },
    );
    expect(declarations.map(({ layer, subject }) => ({ layer, subject }))).toEqual([
      { layer: 'recording', subject: { kind: 'work', id: song.recording.id } },
      { layer: 'composition', subject: { kind: 'work', id: song.composition.id } },
    ]);
  });
});
