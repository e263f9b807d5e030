import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { findChromium, launch, openPage, violationsOn } from './browser.js';
import { createPortalWorld, ISRC, type PortalWorld } from './portal-world.js';

const executable = findChromium();
const inBrowser = executable === null ? describe.skip : describe;

jest.setTimeout(60_000);

let world: PortalWorld;
let browser: Browser;
let base: string;

beforeAll(async () => {
  if (executable === null) return;
  world = await createPortalWorld();
  await world.app.listen({ host: '127.0.0.1', port: 0 });
  base = await world.app.getUrl();
  browser = await launch(executable);
});

afterAll(async () => {
  await browser?.close();
  await world?.close();
});

const open = (options: BrowserContextOptions = {}) =>
  openPage(browser, { baseURL: base, ...options });

const PAGES = [
  '/',
  `/?q=${ISRC.refusing}&purpose=ai.train.generative`,
  `/?q=${ISRC.forPay}&purpose=ai.train&who=commercial&where=DE&lawful=yes`,
  `/?q=${ISRC.halfSilent}&purpose=ai.search&lawful=yes`,
  `/?q=${ISRC.refusing}`,
  `/?q=${ISRC.nobody}&purpose=ai`,
  '/?q=3135556&purpose=nonsense',
  '/problems',
  '/problems/request/invalid',
];

interface Focused {
  id: string;
  text: string;
  isVisible: boolean;
}

// These run in the page: as text, because the types of a page are not those of a server.
const FOCUSED = `(() => {
  const { id, textContent } = document.activeElement;
  const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
  const isVisible = outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
  return { id, text: textContent, isVisible };
})()`;
const SIDEWAYS_PX = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
const PLANT_FAULTS = `(() => {
  document.querySelector('label[for=q]').remove();
  const planted = document.createElement('p');
  planted.textContent = 'grey on grey';
  planted.setAttribute('style', 'color: #999');
  planted.style.cssText = 'color: #999; background: #aaa';
  document.querySelector('main').append(planted);
})()`;

inBrowser('the pages in a browser', () => {
  it.each([
    ['without JavaScript', false],
    ['with JavaScript', true],
  ])('answer a question %s', async (_, javaScriptEnabled) => {
    const { page, complaints, close } = await open({ javaScriptEnabled });
    await page.goto('/');
    await page.getByLabel('Identifier of the work').fill('qz-fer-26-00002');
    await page.getByLabel('What you want to do').selectOption('ai.train');
    await page.getByLabel('I am').selectOption({ label: 'a company' });
    await page.getByLabel('The use takes place in').selectOption({ label: 'Germany' });
    await page.getByLabel('My copy comes from a lawful source').check();
    await page.getByRole('button', { name: 'Ask' }).click();
    await page.getByRole('heading', { name: 'Only with a licence' }).waitFor();
    expect(new URL(page.url()).hash).toBe('#answer');
    expect(await page.getByRole('row').filter({ hasText: 'Juno Valemark' }).count()).toBe(2);
    expect(complaints).toEqual([]);
    await close();
  });

  it('can be used with the keyboard alone, and show where one is', async () => {
    const { page, complaints, close } = await open();
    await page.goto('/');
    const press = (...keys: string[]) =>
      keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve());
    const focused = () => page.evaluate<Focused>(FOCUSED);
    await press('Tab');
    expect(await focused()).toMatchObject({ text: 'Skip to the content', isVisible: true });
    await press('Enter', 'Tab');
    expect(await focused()).toMatchObject({ id: 'q', isVisible: true });
    await page.keyboard.type(ISRC.refusing);
    const passed: string[] = [];
    for (let stop = 0; stop < 5; stop += 1) {
      await press('Tab');
      const { id, text, isVisible } = await focused();
      expect({ id, isVisible }).toEqual({ id, isVisible: true });
      passed.push(id || text!);
      if (id === 'purpose') await page.keyboard.type('Train models that can');
      if (id === 'lawful') await press('Space');
    }
    expect(passed).toEqual(['purpose', 'who', 'where', 'lawful', 'Ask']);
    await press('Enter');
    await page.getByRole('heading', { name: 'No', exact: true }).waitFor();
    expect(new URL(page.url()).searchParams.get('purpose')).toBe('ai.train.generative');
    expect(new URL(page.url()).searchParams.get('lawful')).toBe('yes');
    expect(complaints).toEqual([]);
    await close();
  });

  it.each(PAGES)(
    'leave axe-core nothing to find, light, dark and on a telephone: %s',
    async (url) => {
      const { page, complaints, close } = await open({ viewport: { width: 320, height: 640 } });
      await page.goto(url);
      expect(await page.evaluate(SIDEWAYS_PX)).toBe(0);
      await page.setViewportSize({ width: 1280, height: 900 });
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        expect(await violationsOn(page)).toEqual([]);
      }
      expect(complaints).toEqual([]);
      await close();
    },
  );

  it('would be caught with a fault, whatever its kind', async () => {
    const { page, complaints, close } = await open();
    await page.goto('/');
    await page.evaluate(PLANT_FAULTS);
    const found = (await violationsOn(page)).map((line) => line.split(':')[0]);
    expect(found.sort()).toEqual(['color-contrast', 'label', 'label-title-only']);
    expect(complaints).toHaveLength(1);
    expect(complaints[0]).toContain('Content Security Policy');
    await close();
  });

  it('print an answer without the form', async () => {
    const { page, close } = await open();
    await page.goto(`/?q=${ISRC.refusing}&purpose=ai`);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('form').isVisible()).toBe(false);
    expect(await page.getByRole('heading', { name: 'No', exact: true }).isVisible()).toBe(true);
    await close();
  });

  it('show hostile titles as text and run nothing', async () => {
    const { page, complaints, close } = await open();
    const dialogs: string[] = [];
    page.on('dialog', (dialog) => {
      dialogs.push(dialog.message());
      void dialog.dismiss();
    });
    await page.goto(`/?q=${ISRC.hostile}&purpose=ai`);
    expect(await page.locator('main').textContent()).toContain('<script>alert("1")</script>');
    expect([dialogs, complaints]).toEqual([[], []]);
    await close();
  });
});

inBrowser('the interactive documentation in a browser', () => {
  it('executes an operation under the strict policy, on no other description than ours', async () => {
    const { page, complaints, close } = await open();
    await page.goto('/docs?url=https://example.org/evil.json&configUrl=/evil.json');
    const operation = page.locator('#operations-Consent-consent_templates');
    await page.locator('.opblock').first().waitFor();
    // Of a long document only what is in sight is there.
    for (let top = 0; (await operation.count()) === 0 && top < 30_000; top += 500) {
      await page.evaluate(`window.scrollTo(0, ${top})`);
      await page.waitForTimeout(50);
    }
    await operation.locator('button').first().click();
    await operation.getByRole('button', { name: 'Try it out' }).click();
    await operation.getByRole('button', { name: 'Execute' }).click();
    const answers = operation.locator('.live-responses-table');
    await answers.waitFor();
    expect(await answers.locator('.response-col_status').last().textContent()).toContain('200');
    expect(await answers.textContent()).toContain('preserve_never_train');
    expect(complaints).toEqual([]);
    await close();
  });
});
