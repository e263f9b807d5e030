import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from '@jest/globals';

interface Service {
  image?: string;
  build?: string;
  environment: Record<string, string>;
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: { test: string[] };
  ports?: string[];
  volumes?: string[];
}
interface Compose {
  services: Record<string, Service>;
  volumes: Record<string, unknown>;
}

/** The parser that the API's description uses already; nothing else here reads YAML. */
const { load } = createRequire(createRequire(import.meta.url).resolve('@nestjs/swagger'))(
  'js-yaml',
) as { load: (text: string) => unknown };

const settings = readFileSync('.env.example', 'utf8').match(/(?<=^#)[A-Z_]+(?==)/gm)!;
const dockerfile = readFileSync('Dockerfile', 'utf8');

describe('docker-compose.yml', () => {
  const compose = load(readFileSync('docker-compose.yml', 'utf8')) as Compose;
  const { fermata, postgres } = compose.services as { fermata: Service; postgres: Service };

  it('runs the app of this folder after PostgreSQL 18 is ready', () => {
    expect(Object.keys(compose.services)).toEqual(['fermata', 'postgres']);
    expect(fermata.build).toBe('.');
    expect(postgres.image).toBe('postgres:18');
    expect(fermata.depends_on).toEqual({ postgres: { condition: 'service_healthy' } });
    expect(postgres.healthcheck?.test.join(' ')).toContain('pg_isready');
  });

  it('gives the app settings that it reads, and the database that stands beside it', () => {
    expect(Object.keys(fermata.environment).filter((name) => !settings.includes(name))).toEqual([]);
    const { POSTGRES_USER: user, POSTGRES_PASSWORD: password } = postgres.environment;
    const database = postgres.environment['POSTGRES_DB'];
    expect(fermata.environment['DATABASE_URL']).toBe(
      `postgres://${user}:${password}@postgres:5432/${database}`,
    );
    expect(fermata.environment['PUBLIC_URL']).toContain('http://localhost:3000');
  });

  it('keeps the data in a named volume and shows the database to nobody', () => {
    expect(Object.keys(compose.volumes)).toEqual(['log', 'postgres']);
    expect(fermata.volumes).toEqual([`log:${fermata.environment['LOG_DIR']}`]);
    expect(postgres.volumes).toEqual(['postgres:/var/lib/postgresql']);
    expect(postgres.ports).toBeUndefined();
  });
});

describe('the Dockerfile', () => {
  it('builds and runs on Node 24, and leaves the tools of the build behind', () => {
    const stages = dockerfile.match(/^FROM .*$/gm);
    expect(stages).toEqual(['FROM node:24-slim AS build', 'FROM node:24-slim']);
    expect(dockerfile).toContain('npm prune --omit=dev');
  });

  it('runs as an ordinary user and says how it is', () => {
    expect(dockerfile.indexOf('USER node')).toBeGreaterThan(dockerfile.lastIndexOf('FROM'));
    expect(dockerfile).toMatch(/^HEALTHCHECK .*\\\n.*\/health\/ready/m);
  });

  it('copies files that exist and sets what the app reads', () => {
    const copied = dockerfile.match(/^COPY (?!--from)(.*) \.\/$/m)![1]!.split(' ');
    expect(copied.filter((path) => !existsSync(path))).toEqual([]);
    const set = dockerfile
      .match(/^ENV (.*)$/m)![1]!
      .split(' ')
      .map((one) => one.split('=')[0]!);
    expect(set.filter((name) => !settings.includes(name))).toEqual([]);
  });

  it('starts the program that npm start starts', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as {
      scripts: Record<string, string>;
    };
    const command = JSON.parse(/^CMD (\[.*\])$/m.exec(dockerfile)![1]!) as string[];
    expect(command.join(' ')).toBe(scripts['start']);
  });
});
