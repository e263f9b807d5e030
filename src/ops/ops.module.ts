import { Module } from '@nestjs/common';
import { LookupModule } from '#lookup';
import { TransparencyModule } from '#transparency';
import { HealthController } from './health.controller.js';

@Module({ imports: [TransparencyModule, LookupModule], controllers: [HealthController] })
export class OpsModule {}
