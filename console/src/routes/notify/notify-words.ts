import type { BadgeTone } from "../../parts/badge.tsx";
import type { IconName } from "../../parts/icon.tsx";
import type { NoticeKind } from "../../notify-api.ts";

const types: Readonly<Record<string, string>> = {
  email: "E-mail",
  slack: "Slack",
  teams: "Microsoft Teams",
  pagerduty: "PagerDuty",
  webhook: "Webhook",
  sns: "Amazon SNS",
  syslog: "Syslog",
};

export function typeWord(type: string): string {
  return types[type] ?? type;
}

export const kindWords: Readonly<Record<NoticeKind, readonly [word: string, what: string]>> = {
  incident: ["Incidents", "One is opened, grows worse, or is closed"],
  finding: ["Findings", "A rule that only tells has hit"],
  health: ["Collecting", "A source fails or falls silent, and when it is well again"],
  integrity: ["Integrity", "Something is not as it was signed"],
  repair: ["Repairs", "The way of the log files was changed, or mended"],
};

type DeliveryWords = readonly [word: string, icon: IconName, tone: BadgeTone];

const statuses: Readonly<Record<string, DeliveryWords>> = {
  delivered: ["Delivered", "check", "fine"],
  failed: ["Failed, tried again", "clock", "open"],
  "given up": ["Given up", "warning", "bad"],
};

export function deliveryWords(status: string): DeliveryWords {
  return statuses[status] ?? [status, "unknown", "plain"];
}

export const dayNames = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] as const;
