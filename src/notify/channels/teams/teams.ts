import { z } from "zod";
import { defineChannel } from "../channel.ts";
import { postJson } from "../post.ts";
import { addressProblem, commonSettings } from "../settings.ts";
import { teamsBody } from "./teams-body.ts";

export const teamsChannel = defineChannel({
  type: "teams",
  summary: "A channel or chat of Microsoft Teams, through a workflow that takes a webhook",
  settings: z.strictObject(commonSettings),
  secrets: [
    {
      name: "url",
      description: "The workflow's address: whoever knows it can write into the channel",
      isNeeded: true,
      problem: (url) => addressProblem(url),
    },
  ],
  resolves: false,
  send: (message, { secrets, signal, now, version }) =>
    postJson({
      url: secrets["url"] ?? "",
      body: JSON.stringify(teamsBody(message)),
      headers: { "user-agent": `trailwarden/${version}` },
      signal,
      now: now(),
    }),
});
