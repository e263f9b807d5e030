import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';

/** How a client reaches the server: `host` is a folder for a socket, an address for TCP. */
export interface ServerAddress {
  host: string;
  port: number;
  viaSocket: boolean;
}

/** Name of the socket folder inside the data folder; short, because every character counts. */
export const SOCKET_FOLDER = 's';

const SOCKET_PORT = 5432;

/** `sun_path` holds 108 bytes on Linux and 104 elsewhere, one of them for the end mark. */
const SOCKET_PATH_SIZE_MAX = process.platform === 'linux' ? 107 : 103;

/**
 * Prefers a socket inside the data folder: no port to clash with, and the folder's mode keeps
 * others out. Where the path is too long for a socket (or on Windows) a free loopback port serves.
 */
export async function chooseAddress(dataFolder: string): Promise<ServerAddress> {
  const host = join(dataFolder, SOCKET_FOLDER);
  const socket = join(host, `.s.PGSQL.${SOCKET_PORT}`);
  if (process.platform !== 'win32' && Buffer.byteLength(socket) <= SOCKET_PATH_SIZE_MAX) {
    return { host, port: SOCKET_PORT, viaSocket: true };
  }
  return { host: '127.0.0.1', port: await findFreePort(), viaSocket: false };
}

/** The address as options of `postgres`; they pass through a shell and need no quoting as they are. */
export function addressArguments({ host, port, viaSocket }: ServerAddress): string {
  // The socket folder is given relative to the data folder, where the server works.
  return viaSocket
    ? `-c listen_addresses='' -c unix_socket_directories=${SOCKET_FOLDER} -p ${port}`
    : `-c listen_addresses=${host} -c unix_socket_directories='' -p ${port}`;
}

/**
 * The address as a `postgres://` URL. A socket folder is written percent-encoded in the place of the
 * host: libpq, node-postgres, TypeORM and the URL class all read that form.
 */
export function connectionUrl(
  address: ServerAddress,
  login: { user: string; password: string; database: string },
): string {
  const secret = address.viaSocket ? '' : `:${encodeURIComponent(login.password)}`;
  const host = address.viaSocket ? encodeURIComponent(address.host) : address.host;
  // Without sslmode a PGSSLMODE meant for another server would be tried here, too.
  return `postgres://${login.user}${secret}@${host}:${address.port}/${login.database}?sslmode=disable`;
}

async function findFreePort(): Promise<number> {
  const listener = createServer().listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const { port } = listener.address() as AddressInfo;
  listener.close();
  await once(listener, 'close');
  return port;
}
