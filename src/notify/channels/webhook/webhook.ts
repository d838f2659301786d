import { z } from "zod";
import { defineChannel } from "../channel.ts";
import { postJson } from "../post.ts";
import { addressProblem, commonSettings } from "../settings.ts";
import { signatureOf } from "./signature.ts";
import { webhookBody } from "./webhook-body.ts";

/** As HMAC wants it: as many bytes as its hash has, whatever they are written in. */
const secretMin = 16;

export const webhookChannel = defineChannel({
  type: "webhook",
  summary: "A program of yours: the notice as JSON, signed, with a key by which it knows what it has taken already",
  settings: z.strictObject({
    ...commonSettings,
    mayBePlain: z
      .boolean()
      .default(false)
      .describe("The address may begin with http:// (its body can be read on the way)"),
  }),
  secrets: [
    {
      name: "url",
      description: "Where it is posted to; often holds a key of its own",
      isNeeded: true,
      // Whether http is meant stands in the settings, which are judged where both are known.
      problem: (url) => addressProblem(url, { mayBePlain: true }),
    },
    {
      name: "secret",
      description: "What it is signed with: 16 characters or more, the same at the receiver",
      isNeeded: true,
      problem: (secret) => (secret.length >= secretMin ? undefined : `is shorter than ${secretMin} characters`),
    },
  ],
  resolves: false,
  send(message, { settings, secrets, signal, now, version }) {
    const url = secrets["url"] ?? "";
    const problem = addressProblem(url, settings);
    if (problem !== undefined) {
      const answer = `The address ${problem}, or say mayBePlain`;
      return Promise.resolve({ isDelivered: false, about: "channel", answer });
    }
    const body = JSON.stringify(webhookBody(message));
    const headers = {
      "user-agent": `trailwarden/${version}`,
      "idempotency-key": message.key,
      "x-trailwarden-signature": signatureOf(secrets["secret"] ?? "", body, now()),
    };
    return postJson({ url, body, headers, signal, now: now() });
  },
});
