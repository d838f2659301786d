import { incomingWebhook } from "../incoming-webhook.ts";
import { slackBody } from "./slack-body.ts";

export const slackChannel = incomingWebhook({
  type: "slack",
  summary: "A channel of Slack, through an incoming webhook",
  address: "The incoming webhook's address",
  body: slackBody,
});
