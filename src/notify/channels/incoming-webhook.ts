import { z } from "zod";
import type { Message } from "../message.ts";
import type { ChannelType } from "../notifier.ts";
import { type ChannelKind, defineChannel } from "./channel.ts";
import { postJson } from "./post.ts";
import { addressProblem, commonSettings } from "./settings.ts";

interface IncomingWebhook {
  readonly type: ChannelType;
  readonly summary: string;
  /** What the service calls its address. */
  readonly address: string;
  readonly body: (message: Message) => object;
}

/** A kind of channel that is one secret address: what is posted there is shown to people. */
export function incomingWebhook({ type, summary, address, body }: IncomingWebhook): ChannelKind {
  return defineChannel({
    ...{ type, summary },
    settings: z.strictObject(commonSettings),
    secrets: [
      {
        name: "url",
        description: `${address}: whoever knows it can write into the channel`,
        isNeeded: true,
        problem: (url) => addressProblem(url),
      },
    ],
    resolves: false,
    send: (message, { secrets, signal, now, version }) =>
      postJson({
        url: secrets["url"] ?? "",
        body: JSON.stringify(body(message)),
        headers: { "user-agent": `trailwarden/${version}` },
        signal,
        now: now(),
      }),
  });
}
