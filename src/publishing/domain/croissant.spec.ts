import { describe, expect, it } from '@jest/globals';
import { readSnapshotManifest, type SnapshotManifest } from '#verify';
import { sampleManifest } from '../../../bench/samples/sample-snapshot.js';
import { croissantOf } from './croissant.js';

// oxlint-disable-next-line typescript/no-explicit-any
type Json = Record<string, any>;

const read = readSnapshotManifest(sampleManifest());
const manifest = (read as { value: SnapshotManifest }).value;
const described = (license?: string): Json =>
  JSON.parse(JSON.stringify(croissantOf(manifest, license))) as Json;

describe('a snapshot, described as a dataset', () => {
  it('lists every file with the digest of the manifest, where the registry serves it', () => {
    const files = manifest.files.map(({ path, sha256, bytes }) => ({
      ...{ '@type': 'cr:FileObject', '@id': path, name: path, sha256 },
      contentUrl: `https://registry.example/snapshots/512/${path}`,
      contentSize: `${bytes} B`,
      encodingFormat: 'application/vnd.apache.parquet',
    }));
    expect(described()['distribution']).toEqual(files);
  });

  it('gives the columns of each file that can be read by itself', () => {
    const columns = (described()['recordSet'] as Json[]).map((set) => [
      set['@id'],
      (set['field'] as Json[]).map((field) => field['source']['extract']['column'] as string),
    ]);
    expect(Object.fromEntries(columns)).toEqual({
      'identifiers/scheme=isrc/part-0': ['identifier', 'standing'],
      standings: ['standing', 'facts'],
      answers: ['standing', 'purpose', 'outcome', 'reasons', 'valid_until'],
    });
  });

  it('names nothing that is not there', () => {
    const text = described();
    const names = new Set<string>();
    const collect = (value: unknown): void => {
      if (typeof value !== 'object' || value === null) return;
      if ('@type' in value && '@id' in value) names.add(String(value['@id']));
      Object.values(value).forEach(collect);
    };
    collect(text);
    const named = JSON.stringify(text).matchAll(/\{"@id":"([^"]+)"\}/g);
    const referred = [...named].map(([, id]) => id).filter((id) => !id!.startsWith('cr:'));
    expect(referred.length).toBeGreaterThan(8);
    expect(referred.filter((id) => !names.has(id!))).toEqual([]);
  });

  it('defines every term of Croissant that it uses', () => {
    const { '@context': context, ...rest } = described();
    const own = ['recordSet', 'field', 'fileObject', 'extract', 'column', 'references', 'dataType'];
    for (const term of own) {
      expect(JSON.stringify(rest)).toContain(`"${term}":`);
      expect(context).toHaveProperty(term);
    }
    expect(rest['conformsTo']).toBe('http://mlcommons.org/croissant/1.1');
  });

  it('is made whatever a registry takes for its address', () => {
    const told = croissantOf({ ...manifest, iss: 'http://:::3000' }) as Json;
    expect(told['creator']).toMatchObject({ name: 'http://:::3000' });
  });

  it('states a licence only where the registry does', () => {
    expect(described()).not.toHaveProperty('license');
    const license = 'https://creativecommons.org/publicdomain/zero/1.0/';
    expect(described(license)).toMatchObject({ license });
  });
});
