import { Module } from '@nestjs/common';
import { LookupModule } from '#lookup';
import { PartiesModule } from '#parties';
import { PasskeysModule } from '#passkeys';
import { NamesQuery } from './names.query.js';
import { OpenApi } from './openapi/open-api.service.js';
import { DocsPage } from './pages/docs.page.js';
import { FrontPage } from './pages/front.page.js';
import { InquiryDesk } from './pages/inquiry-desk.service.js';
import { PasskeysPage } from './pages/passkeys.page.js';
import { ProblemsPage } from './pages/problems.page.js';
import { WellKnownPage } from './pages/well-known.page.js';
import { StaticFiles } from './static-files.service.js';
import { Views } from './views.service.js';

@Module({
  imports: [LookupModule, PartiesModule, PasskeysModule],
  controllers: [DocsPage, FrontPage, PasskeysPage, ProblemsPage, WellKnownPage],
  providers: [InquiryDesk, NamesQuery, OpenApi, StaticFiles, Views],
  exports: [OpenApi],
})
export class PortalModule {}
