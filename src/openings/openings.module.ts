import { Module } from '@nestjs/common';
import { OpeningsController } from './openings.controller.js';
import { OpeningsQuery } from './openings.query.js';

@Module({ controllers: [OpeningsController], providers: [OpeningsQuery] })
export class OpeningsModule {}
