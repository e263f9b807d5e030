import { Module } from '@nestjs/common';
import { LogAppender } from './log-appender.service.js';
import { LogRepository } from './log.repository.js';

@Module({ providers: [LogAppender, LogRepository], exports: [LogAppender] })
export class TransparencyModule {}
