import { type INestApplicationContext, RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA, ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { MetadataScanner, ModulesContainer } from '@nestjs/core';
import { ACCESS, type AccessRule } from '#accounts';
import { CREATES } from '#platform';

/** One address with its method, as the application serves it. */
export interface Route {
  readonly method: string;
  /** With parameters in braces, as OpenAPI writes them: `/v1/works/{work}`. */
  readonly path: string;
  readonly access: AccessRule;
  /** Whether it honours `Idempotency-Key`. */
  readonly creates: boolean;
  /** Whether it changes only the version that `If-Match` names. */
  readonly takesIfMatch: boolean;
  readonly controller: string;
  readonly handler: string;
}

/** Every route that a controller of the application serves, by path and then method. */
export function listRoutes(app: INestApplicationContext): Route[] {
  const controllers = [...app.get(ModulesContainer).values()].flatMap((module) => [
    ...module.controllers.values(),
  ]);
  return controllers
    .flatMap(({ metatype }) => (typeof metatype === 'function' ? routesOf(metatype) : []))
    .sort((a, b) => compare(a.path, b.path) || compare(a.method, b.method));
}

function routesOf(controller: Function): Route[] {
  const prototype = controller.prototype as Record<string, Function>;
  return new MetadataScanner().getAllMethodNames(prototype).flatMap((handler) => {
    const target = prototype[handler]!;
    const own = Reflect.getMetadata(PATH_METADATA, target) as string | string[] | undefined;
    if (own === undefined) return [];
    const read = <T>(key: string): T =>
      (Reflect.getMetadata(key, target) ?? Reflect.getMetadata(key, controller)) as T;
    const bases = listOf(Reflect.getMetadata(PATH_METADATA, controller) as string | string[]);
    return bases.flatMap((base) =>
      listOf(own).map((path) => ({
        method: RequestMethod[Reflect.getMetadata(METHOD_METADATA, target) as RequestMethod],
        path: join(base, path),
        access: read<AccessRule>(ACCESS),
        creates: Reflect.hasMetadata(CREATES, target),
        takesIfMatch: readsHeader(controller, handler, 'if-match'),
        controller: controller.name,
        handler,
      })),
    );
  });
}

/** Nest notes down the parameters of a handler on its class, with what each was asked for. */
function readsHeader(controller: Function, handler: string, header: string): boolean {
  const noted = Reflect.getMetadata(ROUTE_ARGS_METADATA, controller, handler) as
    Record<string, { data?: unknown }> | undefined;
  return Object.values(noted ?? {}).some(
    ({ data }) => typeof data === 'string' && data.toLowerCase() === header,
  );
}

function listOf(paths: string | string[]): string[] {
  return Array.isArray(paths) ? paths : [paths];
}

function join(base: string, path: string): string {
  const parts = `${base}/${path}`.split('/').filter((part) => part !== '');
  return `/${parts.join('/')}`.replaceAll(/:(\w+)/g, '{$1}');
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
