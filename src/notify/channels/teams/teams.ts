import { incomingWebhook } from "../incoming-webhook.ts";
import { teamsBody } from "./teams-body.ts";

export const teamsChannel = incomingWebhook({
  type: "teams",
  summary: "A channel or chat of Microsoft Teams, through a workflow that takes a webhook",
  address: "The workflow's address",
  body: teamsBody,
});
