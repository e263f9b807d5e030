import { describe, expect, it } from '@jest/globals';
import { isSameOrigin } from './same-origin.js';

const OWN = ['https://fermata.example'];
const post = (fetchSite?: string, origin?: string) =>
  isSameOrigin({ method: 'POST', fetchSite, origin }, OWN);

describe('isSameOrigin', () => {
  it('lets reading pass from everywhere', () => {
    for (const method of ['GET', 'HEAD', 'OPTIONS']) {
      const request = { method, fetchSite: 'cross-site', origin: 'https://evil.example' };
      expect(isSameOrigin(request, OWN)).toBe(true);
    }
  });

  it('lets a change pass that the browser calls same-origin, or whose origin is ours', () => {
    expect(post('same-origin', 'https://fermata.example')).toBe(true);
    expect(post('same-origin')).toBe(true);
    expect(post(undefined, 'https://fermata.example')).toBe(true);
  });

  it.each(['cross-site', 'same-site', 'none', '', 'same-origin, cross-site'])(
    'refuses a change that the browser calls %p',
    (fetchSite) => {
      expect(post(fetchSite, 'https://fermata.example')).toBe(false);
    },
  );

  it.each([
    'https://evil.example',
    'http://fermata.example',
    'https://fermata.example:8443',
    'https://fermata.example.evil.example',
    'null',
    '',
  ])('refuses a change from the origin %p, whatever else is said', (origin) => {
    expect(post(undefined, origin)).toBe(false);
    expect(post('same-origin', origin)).toBe(false);
  });

  it('refuses a change of which the browser says nothing', () => {
    expect(post()).toBe(false);
  });
});
