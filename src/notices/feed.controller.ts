import { Body, Controller, Get, HttpCode, Param, Put, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, RequireScope } from '#accounts';
import { FeedQueryRequest, NoticeSettingsRequest, ReadMarkRequest } from './dto/notices.request.js';
import { FeedResponse, NoticeSettingsResponse } from './dto/feed.response.js';
import { FeedService } from './feed.service.js';

const PAGE = 50;

@ApiTags('notices')
@Controller('v1/parties/:id')
export class FeedController {
  constructor(private readonly feed: FeedService) {}

  @Get('feed')
  @RequireScope('parties:write')
  @ApiOperation({
    summary: 'Every leaf that concerns a party of yours, in plain words, newest last',
  })
  @ApiOkResponse({ type: FeedResponse })
  async read(
    @CurrentActor() actor: Actor,
    @Param('id') party: string,
    @Query() { after = -1, limit = PAGE }: FeedQueryRequest,
  ): Promise<FeedResponse> {
    return FeedResponse.from(party, await this.feed.read(actor, party, after, limit), after);
  }

  @Put('feed/read-mark')
  @HttpCode(204)
  @RequireScope('parties:write')
  @ApiOperation({ summary: 'Mark the feed as read up to a leaf; the mark only moves on' })
  @ApiNoContentResponse({ description: 'Marked.' })
  async markRead(
    @CurrentActor() actor: Actor,
    @Param('id') party: string,
    @Body() { upTo }: ReadMarkRequest,
  ): Promise<void> {
    await this.feed.markRead(actor, party, upTo);
  }

  @Get('notice-settings')
  @RequireScope('parties:write')
  @ApiOperation({ summary: 'Whether you get mail about a party of yours' })
  @ApiOkResponse({ type: NoticeSettingsResponse })
  async settings(
    @CurrentActor() actor: Actor,
    @Param('id') party: string,
  ): Promise<NoticeSettingsResponse> {
    return NoticeSettingsResponse.from(await this.feed.getSettings(actor, party));
  }

  @Put('notice-settings')
  @RequireScope('parties:write')
  @ApiOperation({ summary: 'Get mail about a party of yours at once, once a day, or not at all' })
  @ApiOkResponse({ type: NoticeSettingsResponse })
  async choose(
    @CurrentActor() actor: Actor,
    @Param('id') party: string,
    @Body() { mail }: NoticeSettingsRequest,
  ): Promise<NoticeSettingsResponse> {
    return NoticeSettingsResponse.from(await this.feed.chooseMail(actor, party, mail));
  }
}
