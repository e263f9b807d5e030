import { createServer } from 'node:net';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { Registry, type Somebody } from '../support/factories/registry.js';
import { findChromium, launch, openPage, violationsOn } from './browser.js';

const executable = findChromium();
const inBrowser = executable === null ? describe.skip : describe;

jest.setTimeout(60_000);

let registry: Registry;
let browser: Browser;
let base: string;
let artist: Somebody;

beforeAll(async () => {
  if (executable === null) return;
  const port = await freePort();
  // Passkeys are bound to a name; an address has none.
  base = `http://localhost:${port}`;
  registry = await Registry.open(new Date().toISOString(), { PUBLIC_URL: base });
  await registry.app.app.listen({ host: '127.0.0.1', port });
  artist = await registry.somebody('artist', 'person', 'Ines Okonjo-Hall');
  browser = await launch(executable);
});

afterAll(async () => {
  await browser?.close();
  await registry?.close();
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

inBrowser('the page for passkeys', () => {
  it('lets an artist sign in, bind a passkey and sign a wish with it', async () => {
    const { page, complaints, close } = await openPage(browser, { baseURL: base });
    const devices = await page.context().newCDPSession(page);
    await devices.send('WebAuthn.enable');
    await devices.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        ...{ protocol: 'ctap2', transport: 'internal', hasResidentKey: true },
        ...{ hasUserVerification: true, isUserVerified: true },
      },
    });
    await page.goto('/passkeys');
    expect(await violationsOn(page)).toEqual([]);
    await page
      .getByLabel('E-mail address')
      .fill((await registry.get('/v1/account', artist.token))['email']);
    await page.getByLabel('Password').fill('correct horse battery staple');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('None is bound yet.').waitFor();
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await violationsOn(page)).toEqual([]);
    }

    await page.getByLabel('What you call it').fill('my telephone');
    await page.getByRole('button', { name: 'Bind a passkey' }).click();
    await page.getByText('my telephone: in use').waitFor();
    expect(await violationsOn(page)).toEqual([]);

    await page.getByRole('button', { name: 'Sign and declare' }).click();
    await page.getByText('Signed and declared on 7 layers').waitFor();
    const { items } = await registry.get(`/v1/declarations?party=${artist.party}`);
    expect(items).toHaveLength(7);
    for (const { authorisedBy } of items) expect(authorisedBy).toBe('passkey');
    expect(complaints).toEqual([]);
    await close();
  });

  it('says in words what did not work', async () => {
    const { page, close } = await openPage(browser, { baseURL: base });
    await page.goto('/passkeys');
    await page.getByLabel('E-mail address').fill('nobody@example.org');
    await page.getByLabel('Password').fill('not the password of anyone');
    await page.getByRole('button', { name: 'Sign in' }).click();
    const said = page.getByText('That did not work:');
    await said.waitFor();
    expect(await said.textContent()).not.toContain('undefined');
    await close();
  });
});
