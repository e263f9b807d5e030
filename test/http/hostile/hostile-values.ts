/** One request body that no operation takes, as the bytes and the type that arrive. */
export interface HostileBody {
  name: string;
  type: string | null;
  payload: string | Buffer;
}

const json = (name: string, payload: string | Buffer): HostileBody => ({
  ...{ name, payload },
  type: 'application/json',
});
const DEPTH = 10_000;
const MANY = 10_001;
const members = Array.from({ length: MANY }, (_, at) => `"m${at}":0`).join();

export const HOSTILE_BODIES: readonly HostileBody[] = [
  json('nothing', ''),
  json('blanks', ' \n '),
  json('null', 'null'),
  json('a list', '[]'),
  json('a string', '"x"'),
  json('a number', '42'),
  json('lists 10,000 deep', '['.repeat(DEPTH) + ']'.repeat(DEPTH)),
  json('objects 10,000 deep', '{"a":'.repeat(DEPTH) + '0' + '}'.repeat(DEPTH)),
  json('__proto__', '{"__proto__":{"roles":["operator"]}}'),
  json('__proto__ by escape', '{"\\u005f_proto__":{"roles":["operator"]}}'),
  json('constructor', '{"constructor":{"prototype":{"roles":["operator"]}}}'),
  json('NUL in a value', '{"a":"\\u0000"}'),
  json('NUL in a name', '{"\\u0000":1}'),
  json('a raw NUL', '{"a":"\0"}'),
  json('half a surrogate pair', '{"a":"\\ud800"}'),
  json('a string of 1 MB', `{"a":"${'x'.repeat(1_000_000)}"}`),
  json('a body of 65 MiB', Buffer.alloc(65 * 1024 * 1024, ' ')),
  json('unknown members', '{"zz":1,"isAdmin":true,"roles":["operator"]}'),
  json('broken JSON', '{"a":'),
  json('two texts', '{"a":1}{"a":1}'),
  json('bytes that are no UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])),
  json('UTF-16', Buffer.from('{"a":1}', 'utf16le')),
  json('a list of 10,001', `[${'0,'.repeat(MANY - 1)}0]`),
  json('a member with a list of 10,001', `{"items":[${'{},'.repeat(MANY - 1)}{}]}`),
  json('10,001 members', `{${members}}`),
  json('a huge number', '{"a":1e999}'),
  { name: 'XML', type: 'application/xml', payload: '<a/>' },
  { name: 'a form', type: 'application/x-www-form-urlencoded', payload: 'a=1&__proto__[b]=1' },
  { name: 'a picture', type: 'image/png', payload: Buffer.from([0x89, 0x50, 0x4e, 0x47]) },
  { name: 'a type that is none', type: '/;;=', payload: '{}' },
  { name: 'no type at all', type: null, payload: '{"a":1}' },
];

/** What stands in one place of a path, already encoded. */
export const HOSTILE_SEGMENTS: Readonly<Record<string, string>> = {
  NUL: '%00',
  'NUL inside': 'wrk_%00x',
  'steps upward': '..%2f..%2f..%2fetc%2fpasswd',
  'plain steps upward': '../../etc/passwd',
  '10 KB': 'x'.repeat(10_240),
  'just below the limit': 'x'.repeat(1_000),
  emoji: '%F0%9F%92%A9',
  'no UTF-8': '%FF%FE',
  'half a surrogate pair': '%ED%A0%80',
  'a bare percent sign': '%',
  'a broken escape': '%zz',
  'a quote': "'%20OR%201=1;--",
  'right to left': '%E2%80%AEabc',
  'a line break': '%0d%0aSet-Cookie:a=b',
  __proto__: '__proto__',
  constructor: 'constructor',
  toString: 'toString',
  'a space': '%20',
  'a large number': '99999999999999999999',
  'no number': 'NaN',
};

/** Queries that mean nothing anywhere. */
export const HOSTILE_QUERIES: readonly string[] = [
  'limit=-1',
  'limit=1e9',
  'limit=99999999999999999999',
  'limit=1&limit=2',
  'limit[]=1',
  'cursor=%00',
  'cursor=!!!!',
  'cursor=AAAA',
  'cursor=_____w',
  `cursor=${'x'.repeat(10_000)}`,
  'cursor=1&cursor=2',
  '__proto__=1',
  '__proto__[x]=1',
  'constructor.prototype=1',
  'party=%FF',
  'party=%',
  'party=%ED%A0%80',
  'party=a&party=b',
  'party=%F0%9F%92%A9',
  `party=${'x'.repeat(10_000)}`,
  'unknown=1',
  '=&=&=',
  '&'.repeat(5_000),
  Array.from({ length: 2_000 }, (_, at) => `a${at}=1`).join('&'),
  'purposes=%00&territory=%00&asOf=%00',
  'purposes=,,,&asOf=yesterday&actorClass[]=1',
  'asOf=0000-01-01T00:00:00Z',
  'asOf=9999-12-31T23:59:59Z',
  'asOf=%2B275760-09-13T00:00:00Z',
  'scheme=isrc&value=%ED%A0%80',
];

export const HOSTILE_HEADERS: readonly Record<string, string>[] = [
  { 'idempotency-key': '' },
  { 'idempotency-key': 'x'.repeat(300) },
  { 'idempotency-key': 'schlüssel' },
  { 'if-match': '*' },
  { 'if-match': 'W/"r1"' },
  { 'if-match': '"r99999999999999999999"' },
  { 'if-match': '"r-1", "r2"' },
  { authorization: `Bearer ${'x'.repeat(8_000)}` },
  { authorization: 'Bearer \u00e9' },
  { cookie: 'fermata=%00; fermata=%ff; ;;; =' },
  { 'x-request-id': '../../x\tx' },
  { 'x-forwarded-for': '999.1.1.1, ::::, a b' },
  { accept: 'x'.repeat(5_000) },
  { origin: 'null' },
  { 'content-length': '-1' },
  { range: 'bytes=9-1,,,' },
  { 'accept-language': '*;q=9999' },
  { host: 'evil.example:99999' },
];

const LONG = 'x'.repeat(900_000);
/** Texts that some members may take and none may stumble over. */
const ODD_TEXTS: readonly unknown[] = [
  null,
  '',
  ' ',
  '\u202e\u0007\u001b[31m',
  "'; DROP TABLE works; --",
  '../../etc/passwd',
  '%00',
  '=1+1',
  'pty_',
  'pty_00000000000000000000000000',
  '💩'.repeat(100),
  'İ'.repeat(100),
  '0000-01-01T00:00:00Z',
  '0001-01-01T00:00:00Z',
  '9999-12-31T23:59:59.999Z',
  '+275760-09-13T00:00:00Z',
  '2026-02-30T00:00:00Z',
  '2026-02-30',
  '0000-01-01',
  '2026-W47-7T00:00:00Z',
  '2026-01-01T00:00:00+99:99',
  '__proto__',
  'constructor',
];

/** What may stand in place of `value`: what is never right, and what is at least odd. */
export function replacementsOf(value: unknown): { never: unknown[]; odd: unknown[] } {
  if (Array.isArray(value)) {
    const many = Array.from({ length: MANY }, () => value[0] ?? 'x');
    return { never: [{}, 'x', 42, true, many, [[[[]]]]], odd: [null, [], [null], [{}], [42]] };
  }
  switch (typeof value) {
    case 'string':
      return { never: [{}, [], [[value]], 42, true, '\0', '\ud800', LONG], odd: [...ODD_TEXTS] };
    case 'number':
      return { never: [{}, [], 'x', -1, 0.5, 1e308, [value]], odd: [null, '1', 0, 2 ** 53, true] };
    case 'boolean':
      return { never: [{}, [], 'yes', 2, [value]], odd: [null, 'true', 0] };
    default:
      return { never: [[], 'x', 42, true, { zz: { zz: 1 } }], odd: [null, {}] };
  }
}
