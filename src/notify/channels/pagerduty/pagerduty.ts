import { z } from "zod";
import { defineChannel } from "../channel.ts";
import { postJson } from "../post.ts";
import { addressSetting, commonSettings } from "../settings.ts";
import { pagerDutyBody } from "./pagerduty-body.ts";

export const pagerDutyChannel = defineChannel({
  type: "pagerduty",
  summary:
    "A service of PagerDuty, through the Events API v2: it rings, is acknowledged and resolved with its incident",
  settings: z.strictObject({
    ...commonSettings,
    url: addressSetting()
      .default("https://events.pagerduty.com/v2/enqueue")
      .describe("Where events go; for the service region EU https://events.eu.pagerduty.com/v2/enqueue"),
  }),
  secrets: [
    {
      name: "routingKey",
      description: "The integration key of the service's Events API v2 integration",
      isNeeded: true,
      problem: (key) =>
        /^[A-Za-z0-9]{32}$/.test(key) ? undefined : "has not the 32 letters and digits of an integration key",
    },
  ],
  resolves: true,
  send: (message, { settings, secrets, signal, now, version }) =>
    postJson({
      url: settings.url,
      body: JSON.stringify(pagerDutyBody(message, secrets["routingKey"] ?? "")),
      headers: { "user-agent": `trailwarden/${version}` },
      signal,
      now: now(),
    }),
});
