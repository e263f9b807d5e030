import { describe, expect, it } from '@jest/globals';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsString, ValidateNested } from 'class-validator';
import type { DomainProblem } from '#kernel';
import { validationPipe } from './validation.pipe.js';

class Contributor {
  @IsString()
  name: string;
}

class Song {
  @IsArray()
  @ArrayMaxSize(2)
  @ValidateNested({ each: true })
  @Type(() => Contributor)
  contributors: Contributor[];
}

const read = (body: object) =>
  validationPipe().transform(body, { type: 'body', metatype: Song }) as Promise<Song>;

describe('what a body is checked for', () => {
  it('a list of as many as it may hold is read', async () => {
    const { contributors } = await read({ contributors: [{ name: 'A' }, { name: 'B' }] });
    expect(contributors.map(({ name }) => name)).toEqual(['A', 'B']);
  });

  it('a longer one is refused, and looked into no further than that', async () => {
    const body = { contributors: Array.from({ length: 1_000 }, () => ({})) };
    const refused = (await read(body).catch((error: unknown) => error)) as DomainProblem;
    const { errors } = refused.extensions as { errors: { pointer: string; detail: string }[] };
    expect(errors.map(({ pointer }) => pointer)).toEqual([
      ...['/contributors', '/contributors/0/name', '/contributors/1/name', '/contributors/2/name'],
    ]);
    expect(errors[0]!.detail).toMatch(/no more than 2/);
  });
});
