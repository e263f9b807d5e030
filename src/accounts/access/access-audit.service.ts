import { Injectable, type OnApplicationBootstrap, RequestMethod } from '@nestjs/common';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { ACCESS } from './access.decorators.js';

/**
 * Refuses to start an application with a route that does not say who may call it: forgetting must
 * not mean allowing. Routes that are added to Fastify itself, past Nest, are not seen here nor by
 * the guard; nothing but public files belongs there.
 */
@Injectable()
export class AccessAudit implements OnApplicationBootstrap {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly reflector: Reflector,
  ) {}

  onApplicationBootstrap(): void {
    const undeclared = this.discovery
      .getControllers()
      .flatMap(({ metatype }) =>
        typeof metatype === 'function' ? this.undeclaredOf(metatype) : [],
      );
    if (undeclared.length === 0) return;
    throw new Error(
      `These routes declare no access; add @Public() or @RequireScope(…): ${undeclared.join(', ')}.`,
    );
  }

  private undeclaredOf(controller: Function): string[] {
    const prototype: Record<string, Function> = controller.prototype;
    return this.scanner.getAllMethodNames(prototype).flatMap((name) => {
      const handler = prototype[name]!;
      const path = this.reflector.get<string | undefined>(PATH_METADATA, handler);
      const rule = this.reflector.getAllAndOverride<unknown>(ACCESS, [handler, controller]);
      if (path === undefined || rule !== undefined) return [];
      const method = this.reflector.get<RequestMethod>(METHOD_METADATA, handler);
      return [`${RequestMethod[method]} ${path} (${controller.name}.${name})`];
    });
  }
}
