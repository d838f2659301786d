import { createHash } from "node:crypto";
import type { Message } from "../../message.ts";
import { cut, printTime } from "../../say/plain.ts";
import type { Severity } from "../../severity.ts";

const severities: Readonly<Record<Severity, string>> = {
  informational: "info",
  low: "info",
  medium: "warning",
  high: "error",
  critical: "critical",
};

/** Limits of the Events API v2 (https://developer.pagerduty.com/docs/send-alert-event). */
const summaryMax = 1_024;
const keyMax = 255;

/** An event of PagerDuty's: the first of a thread rings, its end resolves, somebody's care acknowledges. */
export function pagerDutyBody(message: Message, routingKey: string): object {
  const { thread, state, isTaken, link } = message;
  const known = { routing_key: routingKey, dedup_key: dedupKey(thread) };
  if (state === "ended") return { ...known, event_action: "resolve" };
  if (isTaken) return { ...known, event_action: "acknowledge" };
  return {
    ...known,
    event_action: "trigger",
    payload: payloadOf(message),
    client: "Trailwarden",
    ...(link === undefined ? {} : { client_url: link, links: [{ href: link, text: "Open in Trailwarden" }] }),
  };
}

function payloadOf({ subject, severity, text, facts, points, at, notices, key }: Message): object {
  const [latest] = notices.slice(-1);
  const accounts = [...new Set(notices.flatMap(({ accountIds }) => accountIds))];
  return {
    summary: cut(subject, summaryMax),
    source: accounts.slice(0, 5).join(", ") || "trailwarden",
    severity: severities[severity],
    timestamp: new Date(at).toISOString(),
    component: "CloudTrail",
    ...(latest === undefined ? {} : { class: latest.kind }),
    custom_details: {
      ...Object.fromEntries(facts.map(({ label, value }) => [label, value])),
      text,
      ...(points.length === 0 ? {} : { before: points.map((point) => `${printTime(point.at)}: ${point.title}`) }),
      message: key,
    },
  };
}

/** A key that is too long is told by its hash. */
export function dedupKey(thread: string): string {
  return thread.length <= keyMax ? thread : createHash("sha256").update(thread).digest("hex");
}
