import { Module } from '@nestjs/common';
import { TransparencyModule } from '#transparency';
import { HealthController } from './health.controller.js';

@Module({ imports: [TransparencyModule], controllers: [HealthController] })
export class OpsModule {}
