import type { FieldFault } from '#kernel';

/** The members of a browser's answer that are read, each at most this long in base64url. */
const RESPONSE_LENGTH_MAX = 16_384;
const ID_LENGTH_MAX = 1_400;

/** What a browser gives back, as far as its form goes; whether it holds is another question. */
export interface BrowserCredential {
  readonly id: string;
  readonly rawId: string;
  readonly type: 'public-key';
  readonly response: Readonly<Record<string, unknown>>;
  readonly clientExtensionResults: Record<string, never>;
}

const BASE64URL = /^[A-Za-z0-9_-]+$/;

/**
 * Reads the JSON form of a PublicKeyCredential with these members in its response. Everything
 * else that browsers add is left out. Returns a fault for each member that is not what it must be.
 */
export function readCredential(
  value: unknown,
  members: readonly string[],
  pointer: string,
): { ok: true; credential: BrowserCredential } | { ok: false; errors: FieldFault[] } {
  const errors: FieldFault[] = [];
  const object = (of: unknown): Record<string, unknown> =>
    typeof of === 'object' && of !== null ? (of as Record<string, unknown>) : {};
  const text = (of: Record<string, unknown>, name: string, at: string, max: number): string => {
    const found = of[name];
    if (typeof found === 'string' && found.length <= max && BASE64URL.test(found)) return found;
    errors.push({ pointer: `${at}/${name}`, detail: `must be base64url, at most ${max} long` });
    return '';
  };
  const given = object(value);
  const id = text(given, 'id', pointer, ID_LENGTH_MAX);
  if (given['rawId'] !== given['id']) {
    errors.push({ pointer: `${pointer}/rawId`, detail: 'must be equal to id' });
  }
  if (given['type'] !== 'public-key') {
    errors.push({ pointer: `${pointer}/type`, detail: 'must be public-key' });
  }
  const answered = object(given['response']);
  const response: Record<string, unknown> = {};
  for (const name of members) {
    response[name] = text(answered, name, `${pointer}/response`, RESPONSE_LENGTH_MAX);
  }
  if (errors.length > 0) return { ok: false, errors };
  return {
    ok: true,
    credential: { id, rawId: id, type: 'public-key', response, clientExtensionResults: {} },
  };
}

const TRANSPORTS = ['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'];

/** The ways in which an authenticator says it can be reached; a hint for later, nothing more. */
export function readTransports(value: unknown): string[] {
  const { response } = (value ?? {}) as { response?: { transports?: unknown } };
  const given = response?.transports;
  return Array.isArray(given) ? TRANSPORTS.filter((one) => given.includes(one)) : [];
}
