import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createPortalWorld, ISRC, type PortalWorld } from './portal-world.js';

let world: PortalWorld;

beforeAll(async () => {
  world = await createPortalWorld();
});

afterAll(() => world.close());

/** What a reader sees: the text between the tags, spaces made one, entities read. */
function textOf(html: string): string {
  const body = html.slice(html.indexOf('<main'), html.indexOf('</main>'));
  const text = body.replaceAll(/<(?:"[^"]*"|[^>"])*>/g, ' ').replaceAll(/\s+/g, ' ');
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
}

async function ask(query: Record<string, string>): Promise<string> {
  const { status, html } = await world.page(`/?${new URLSearchParams(query).toString()}`);
  expect(status).toBe(200);
  return html;
}

describe('the front page', () => {
  it('says what this is for artists, for archives and dataset builders, and for auditors', async () => {
    const { status, html, headers } = await world.page('/');
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(html).toContain('<html lang="en">');
    expect(html).toContain('<title>Fermata – hold, and ask first</title>');
    for (const reader of ['Artists', 'Archives and dataset builders', 'Auditors']) {
      expect(textOf(html)).toContain(reader);
    }
    expect(html).toMatch(/<form[^>]+method="get"/);
  });

  it('carries no script and no inline style, and its policy allows none', async () => {
    for (const url of ['/', `/?q=${ISRC.refusing}&purpose=ai`, '/problems']) {
      const { html, headers } = await world.page(url);
      expect(html).not.toMatch(/<script|<style|\sstyle=|\son\w+=|javascript:/i);
      expect(headers['content-security-policy']).toContain("default-src 'none'");
      expect(headers['content-security-policy']).not.toContain('unsafe');
      expect(headers['content-security-policy']).not.toContain('script-src');
    }
  });

  it('serves its styles and pictures for ever, under an address that changes with them', async () => {
    const { html } = await world.page('/');
    const links = [...html.matchAll(/<link[^>]+href="([^"]+)"/g)].map(([, href]) => href!);
    expect(links).toHaveLength(2);
    for (const href of links) {
      expect(href).toMatch(/^\/assets\/[0-9a-f]{12}\//);
      const file = await world.request('GET', href);
      expect(file.statusCode).toBe(200);
      expect(file.headers['cache-control']).toContain('immutable');
    }
    const other = await world.request('GET', links[0]!.replace(/[0-9a-f]{12}/, '0'.repeat(12)));
    expect(other.statusCode).toBe(404);
  });

  it('leaves the addresses of the API alone', async () => {
    const { status, headers } = await world.page('/v1/nothing-here');
    expect(status).toBe(404);
    expect(headers['content-type']).toContain('application/problem+json');
  });
});

describe('asking on the front page', () => {
  it('says no where the artist refuses, who decided, and how long that holds', async () => {
    const html = await ask({ q: ISRC.refusing, purpose: 'ai.train.generative' });
    const text = textOf(html);
    expect(html).toContain('<title>No – QZ-FER-26-00001 – Fermata</title>');
    expect(text).toContain('Anyone who asks today will get: no.');
    expect(text).toContain('train models that can generate content');
    expect(text).toContain('a rightsholder refuses');
    expect(text).toContain('Ines Okonjo-Hall (verified, level 3)');
    expect(html).toMatch(/href="\/v1\/declarations\/dec_[0-9a-z]{26}"/);
    expect(html).toContain('datetime="2026-11-22T14:05:00.000Z"');
    expect(html).toContain('datetime="2026-11-23T14:05:00.000Z"');
    expect(text).toContain('23 November 2026 at 14:05 UTC');
  });

  it('shows the log size and root that the API gives for the same question', async () => {
    const text = textOf(await ask({ q: ISRC.refusing, purpose: 'ai' }));
    const answer = await world.request('GET', `/v1/lookup/isrc/${ISRC.refusing}?purposes=ai`);
    const { log } = answer.json<{ log: { size: number; root: string } }>();
    expect(log.size).toBeGreaterThan(10);
    expect(text).toContain(`Log size ${log.size} entries`);
    expect(text).toContain(`Log root ${log.root}`);
  });

  it('answers each right by itself and names the share that nobody speaks for', async () => {
    const text = textOf(await ask({ q: ISRC.halfSilent, purpose: 'ai.search', lawful: 'yes' }));
    expect(text).toContain('Nobody has permitted it');
    expect(text).toMatch(/recording Nobody has permitted it nobody speaks for 50 %/);
    expect(text).toContain('composition');
    expect(text).toContain('Half of a Harbour');
  });

  it('names the price and whom to ask where a licence is needed', async () => {
    const text = textOf(
      await ask({
        q: ISRC.forPay,
        purpose: 'ai.train',
        who: 'commercial',
        where: 'DE',
        lawful: 'yes',
      }),
    );
    expect(text).toContain('Only with a licence');
    expect(text).toContain('A company who asks today will get: no, unless paid.');
    expect(text).toContain('pay 12.50 EUR (per training run)');
    expect(text).toContain('Juno Valemark, for the recording');
    expect(text).toContain('EU 2019/790 Art. 4');
  });

  it('says what to state where an answer depends on it', async () => {
    const text = textOf(await ask({ q: ISRC.forPay, purpose: 'ai.train' }));
    expect(text).toContain('An answer may change if the inquiry states');
    expect(text).toContain('whether the copy comes from a lawful source');
    expect(text).toContain('State more about you and ask again');
  });

  it('shows the main uses at a glance where no use was chosen', async () => {
    const html = await ask({ q: ISRC.refusing });
    expect(textOf(html)).toContain('What may be done with it');
    expect([...html.matchAll(/href="\/\?q=[^"]+#answer"/g)]).toHaveLength(6);
  });

  it('gives a command that gets the same answer', async () => {
    const query = { q: 'QZ-FER-26-00002', purpose: 'ai.train', who: 'research', lawful: 'yes' };
    const command = /curl '([^']+)'/.exec(textOf(await ask(query)))![1]!;
    const { pathname, search, host } = new URL(command);
    expect(host).toBe('localhost');
    const answer = await world.request('GET', pathname + search);
    expect(answer.json()).toMatchObject({
      value: ISRC.forPay,
      inquiry: { actorClass: 'research', lawfulSource: true },
      purposes: { 'ai.train': { outcome: 'licence_required' } },
    });
  });

  it('says plainly that nothing is registered, and that this is no permission', async () => {
    const one = textOf(await ask({ q: ISRC.nobody, purpose: 'ai.train.generative' }));
    expect(one).toContain('Nobody has permitted it');
    expect(one).toContain('nothing is registered under this identifier');
    const glance = textOf(await ask({ q: ISRC.nobody }));
    expect(glance).toContain('it is not a yes');
    expect(glance).not.toMatch(/\bYes\b/);
  });

  it('refuses a wrong check digit and says which digit was expected', async () => {
    const html = await ask({ q: 'T-034.524.680-2' });
    expect(textOf(html)).toContain('The check digit of this ISWC should be 1 but is 2');
    expect(html).toContain('aria-invalid="true"');
    expect(html).toContain('<a href="#q">');
    expect(html).toContain('value="T-034.524.680-2"');
    expect(html).toContain('<title>Please mend the question – Fermata</title>');
  });

  it('asks for the kind where the form of an identifier does not tell it, and takes the choice', async () => {
    const q = '3135556';
    const unsure = await ask({ q });
    expect(textOf(unsure)).toContain('Say below which kind it is');
    expect(unsure).toContain('<select id="scheme"');
    expect(textOf(await ask({ q, scheme: 'deezer' }))).toContain('Nothing is registered');
  });

  it('tells a number of a person from one of a work', async () => {
    const text = textOf(await ask({ q: '0000 0001 2103 2683' }));
    expect(text).toContain('This names a person or an organisation');
  });

  it('keeps what was typed and chosen in the form', async () => {
    const html = await ask({
      q: 'qz-fer-26-00001',
      purpose: 'ai.input',
      who: 'research',
      where: 'FR',
      lawful: 'yes',
    });
    expect(html).toContain('value="qz-fer-26-00001"');
    for (const chosen of ['ai.input', 'research', 'FR']) {
      expect(html).toContain(`<option value="${chosen}" selected>`);
    }
    expect(html).toContain('value="yes" checked');
  });
});

describe('hostile input on the front page', () => {
  const harmless = (html: string): void => {
    expect(html).not.toMatch(/<script|<img|onerror=[^&]*>/i);
    expect(html.match(/<input id="q"[^>]*>/g)).toHaveLength(1);
  };

  it.each([
    ['a script', `<script>alert(1)</script>`],
    ['the end of an attribute', `"><script>alert(1)</script>`],
    ['an attribute in single quotes', `' onfocus=alert(1) autofocus='`],
    ['an attribute in double quotes', `" onfocus="alert(1)" autofocus="`],
    ['the end of the title', `</title><script>alert(1)</script>`],
    ['an address with code', `javascript:alert(1)`],
    ['a template', `<%= process.env %>`],
    ['NUL', '\u0000'],
    ['NUL within', 'US\u0000UG11904206'],
    ['half a surrogate pair', '\ud800'],
    ['a direction mark', '\u202eUSUG11904206'],
    ['10 KB of letters', 'x'.repeat(10 * 1024)],
    ['10 KB of brackets', '<'.repeat(10 * 1024)],
    ['a path', '../../etc/passwd'],
    ['a space', ' '],
    ['nothing', ''],
  ])('is shown as text or left out: %s', async (_, q) => {
    const { status, html } = await world.page(`/?q=${encodeURIComponent(q.toWellFormed())}`);
    expect([200, 400]).toContain(status);
    harmless(html.startsWith('<!doctype') ? html : '<input id="q">');
    expect(html.length).toBeLessThan(60_000);
    if (q.length > 512) expect(textOf(html)).toContain('longer than 512 characters');
  });

  it.each(['%', '%zz', '%ff', '%ed%a0%80', '%00'])('is no fault of the server: q=%s', async (q) => {
    const { status } = await world.page(`/?q=${q}`);
    expect([200, 400]).toContain(status);
  });

  it('in the other fields is a fault that names the field, or is left out', async () => {
    const html = await ask({
      q: ISRC.refusing,
      purpose: '"><script>',
      who: '__proto__',
      where: 'constructor',
      scheme: '<b>',
      lawful: '<i>',
      utm_source: '"><script>',
    });
    harmless(html);
    for (const field of ['purpose', 'who', 'where']) expect(html).toContain(`id="${field}-fault"`);
  });

  it('sent twice, nested or without a value counts with what can be read', async () => {
    for (const query of [`q=${ISRC.refusing}&q=<b>`, 'q[x]=1', 'q', '__proto__[q]=1']) {
      const { status, html } = await world.page(`/?${query}`);
      expect(status).toBe(200);
      harmless(html);
    }
  });

  it('in titles and names of others is shown as text', async () => {
    const html = await ask({ q: ISRC.hostile, purpose: 'ai' });
    harmless(html);
    expect(textOf(html)).toContain(`</p><script>alert("1")</script> & 'Co' "Ltd"`);
    expect(textOf(html)).toContain('<img src=x onerror=alert(2)>');
  });

  it('in the Host header does not reach the command', async () => {
    const response = await world.request('GET', `/?q=${ISRC.refusing}`, {
      headers: { host: `evil' ; rm -rf ~ #`, accept: 'text/html' },
    });
    expect(response.body).not.toContain('rm -rf');
    expect(response.body).toContain('curl &#39;http://localhost/v1/lookup/');
  });
});
