import { z } from "zod";
import { defineChannel } from "../channel.ts";
import { postJson } from "../post.ts";
import { addressProblem, commonSettings } from "../settings.ts";
import { slackBody } from "./slack-body.ts";

export const slackChannel = defineChannel({
  type: "slack",
  summary: "A channel of Slack, through an incoming webhook",
  settings: z.strictObject(commonSettings),
  secrets: [
    {
      name: "url",
      description: "The incoming webhook's address: whoever knows it can write into the channel",
      isNeeded: true,
      problem: (url) => addressProblem(url),
    },
  ],
  resolves: false,
  send: (message, { secrets, signal, now, version }) =>
    postJson({
      url: secrets["url"] ?? "",
      body: JSON.stringify(slackBody(message)),
      headers: { "user-agent": `trailwarden/${version}` },
      signal,
      now: now(),
    }),
});
