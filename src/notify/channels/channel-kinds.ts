import type { ChannelType } from "../notifier.ts";
import type { ChannelKind } from "./channel.ts";
import { emailChannel } from "./email/email.ts";
import { pagerDutyChannel } from "./pagerduty/pagerduty.ts";
import { slackChannel } from "./slack/slack.ts";
import { snsChannel } from "./sns/sns.ts";
import { syslogChannel } from "./syslog/syslog.ts";
import { teamsChannel } from "./teams/teams.ts";
import { webhookChannel } from "./webhook/webhook.ts";

/** Every kind of channel that there is. */
export const channelKinds: Readonly<Record<ChannelType, ChannelKind>> = {
  email: emailChannel,
  slack: slackChannel,
  teams: teamsChannel,
  pagerduty: pagerDutyChannel,
  webhook: webhookChannel,
  sns: snsChannel,
  syslog: syslogChannel,
};
