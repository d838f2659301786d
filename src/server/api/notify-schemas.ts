import { z } from "@hono/zod-openapi";
import type { ChannelType, NoticeKind } from "../../notify/index.ts";
import { levelSchema } from "./incident-schemas.ts";

// Written out: commands that tell nobody anything need not wait until telling is brought in.
const channelTypes = [
  "email",
  "slack",
  "teams",
  "pagerduty",
  "webhook",
  "sns",
  "syslog",
] as const satisfies readonly ChannelType[];
const noticeKinds = ["incident", "finding", "health", "integrity", "repair"] as const satisfies readonly NoticeKind[];

const instant = z.string().openapi({ description: "ISO instant" });
const severity = levelSchema;

export const deliverySchema = z
  .object({
    number: z.number().int(),
    channel: z.string(),
    at: instant,
    status: z.string().openapi({ description: "delivered, failed (will be tried again) or given up" }),
    notices: z.array(z.string()).openapi({ description: "Ids of what was told, the first thousand" }),
    subject: z.string(),
    answer: z.string().openapi({ description: "What the other side said, shortened, or why it could not be reached" }),
    tookMs: z.number(),
  })
  .openapi("Delivery");
export type DeliveryAnswer = z.infer<typeof deliverySchema>;

export const channelSchema = z
  .object({
    name: z.string(),
    type: z.enum(channelTypes),
    settings: z.record(z.string(), z.unknown()),
    secrets: z.array(z.string()).openapi({ description: "Names of the secrets that are there; never the secrets" }),
    isPaused: z.boolean(),
    waiting: z.number().int().openapi({ description: "Notices that are still to be told" }),
    last: deliverySchema.nullable().openapi({ description: "The last try" }),
  })
  .openapi("Channel");
export type ChannelAnswer = z.infer<typeof channelSchema>;

export const channelKindSchema = z
  .object({
    type: z.enum(channelTypes),
    summary: z.string(),
    settings: z.record(z.string(), z.unknown()).openapi({ description: "JSON Schema of the settings" }),
    secrets: z.array(z.object({ name: z.string(), description: z.string(), isNeeded: z.boolean() })),
  })
  .openapi("ChannelKind");
export type ChannelKindAnswer = z.infer<typeof channelKindSchema>;

export const channelBody = z.strictObject({
  type: z.enum(channelTypes),
  settings: z
    .record(z.string().max(100), z.unknown())
    .default({})
    .openapi({ description: "As the kind's JSON Schema says" }),
  secrets: z
    .record(z.string().max(100), z.string().max(20_000))
    .optional()
    .openapi({ description: "By name; kept as they are where not given, never shown again; an empty one goes" }),
});

export const scheduleSchema = z
  .strictObject({
    timeZone: z.string().max(100).openapi({ description: "IANA name", example: "Europe/Berlin" }),
    hours: z
      .array(
        z.strictObject({
          days: z.array(z.number().int()).max(8).openapi({ description: "1 is Monday, 7 (or 0) is Sunday" }),
          from: z.string().max(5).openapi({ example: "08:00" }),
          to: z.string().max(5).openapi({ description: "Before `from`: on the next day", example: "18:00" }),
        }),
      )
      .max(50),
  })
  .openapi({ description: "When people are disturbed; outside of it, it is quiet" });

const list = (description: string) => z.array(z.string().max(500)).max(10_000).default([]).openapi({ description });

export const routeBody = z.strictObject({
  channels: z.array(z.string().max(63)).max(500),
  kinds: z.array(z.enum(noticeKinds)).max(10).default([]).openapi({ description: "All where empty" }),
  accountIds: list("All where empty"),
  rules: list("Keys of rules; all where empty"),
  severity: severity.default("high").openapi({ description: "This severe or worse" }),
  schedule: scheduleSchema.optional(),
  groupMs: z
    .number()
    .int()
    .default(30_000)
    .openapi({ description: "Notices of one matter that come within so many milliseconds are one message" }),
  digestAt: z
    .array(z.string().max(5))
    .max(24)
    .default([])
    .openapi({ description: "Everything is told together at these times of day; at once where empty" }),
  quietSeverity: severity
    .default("critical")
    .openapi({ description: "This severe or worse is told in quiet hours, too" }),
  isOn: z.boolean().default(true),
});
export type RouteBody = z.input<typeof routeBody>;

export const routeSchema = routeBody
  .omit({ schedule: true })
  .extend({ name: z.string(), schedule: scheduleSchema.nullable() })
  .openapi("NotifyRoute");
export type RouteAnswer = z.infer<typeof routeSchema>;

export const testAnswerSchema = z.object({ isDelivered: z.boolean(), answer: z.string() });
export type ChannelTestAnswer = z.infer<typeof testAnswerSchema>;
