import { beforeAll, describe, expect, it } from '@jest/globals';
import { lintSnippets } from './lint-snippets.js';

const RULE = 'house(endpoint-declares-access)';
const controller = (decorators: string) => `
import { Get, Post } from '@nestjs/common';
import { Public, RequireScope, RequireSignIn } from '#accounts';
export const decorators = [Get, Post, Public, RequireScope, RequireSignIn];
export class WorksController {
  ${decorators}
  answer(): number {
    return 1;
  }
}`;

describe('endpoint-declares-access', () => {
  let found: Record<string, string[]>;
  beforeAll(() => {
    found = lintSnippets({
      'src/works/bare.controller.ts': controller(`@Get('works')`),
      'src/works/sealed.controller.ts': controller(`@Post() @RequireScope('works:write')`),
      'src/works/open.controller.ts': controller(`@Public() @Get()`),
      'src/works/known.controller.ts': controller(`@Get() @RequireSignIn()`),
      'src/works/no-route.ts': controller(''),
    });
  });

  it('refuses a route that does not say who may call it', () => {
    expect(found['src/works/bare.controller.ts']).toEqual([RULE]);
  });

  it.each(['sealed.controller', 'open.controller', 'known.controller', 'no-route'])(
    'lets %s pass',
    (name) => {
      expect(found[`src/works/${name}.ts`]).toEqual([]);
    },
  );
});
