import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";
import { sharedData, skipWithoutSharedData } from "../fixtures/shared-data.ts";
import { type CloudTrailEvent, findingsOf, incidentsOf, opensAlone, OurRules } from "./our-rules.ts";

/**
 * Real days without an attack. The archive with eleven log files of the ransomware exercise and the digest suite's base
 * are of its quiet regions and hours.
 */
const quietSets = [
  "umccr-cloudtrail-parquet",
  "plaso",
  "trailscraper",
  "awsdocs-cloudtrail-samples",
  "digest-suite/base",
  "sans504",
];

/**
 * What opens an incident there and should: each is what its rule is about. Samples of a guide show what is special, and
 * flaws.cloud is a playground that strangers attack.
 */
const deserved: Readonly<Record<string, readonly string[]>> = {
  "umccr-cloudtrail-parquet": ["authentication/console-sign-in-without-mfa", "discovery/denied-in-many-services"],
  "awsdocs-cloudtrail-samples": [
    "authentication/console-sign-in-without-mfa",
    "authentication/root-console-sign-in",
    "authentication/root-console-sign-in-without-mfa",
    "authentication/root-mfa-device-changed",
    "authentication/root-password-or-email-changed",
    "privilege-escalation/user-joins-administrators-group",
  ],
  sans504: ["discovery/regions-swept"],
};

const rules = new OurRules();

for (const set of quietSets) {
  test(
    `${set}: nothing fires that people are asked to look at without reason`,
    { skip: skipWithoutSharedData },
    (context) => {
      const events = eventsIn(join(sharedData, set));
      assert.ok(events.length > 0);
      const findings = findingsOf(rules.judge(events));
      const loud = findings.filter(opensAlone);
      const days = accountDays(events);
      context.diagnostic(`${events.length} events, ${days.size} days, ${loud.length} findings of medium or worse`);
      assert.deepEqual([...new Set(loud.map(({ rule }) => rule))].sort(), [...(deserved[set] ?? [])].sort());
    },
  );
}

test(
  "all quiet sets together have fewer than one incident per account and day",
  { skip: skipWithoutSharedData },
  (context) => {
    const events = quietSets.flatMap((set) => eventsIn(join(sharedData, set)));
    const days = accountDays(events);
    const incidents = quietSets.flatMap((set) => incidentsOf(findingsOf(rules.judge(eventsIn(join(sharedData, set))))));
    context.diagnostic(`${events.length} events, ${incidents.length} incidents in ${days.size} days`);
    assert.ok(incidents.length < days.size, `${incidents.length} incidents in ${days.size} days`);
  },
);

function accountDays(events: readonly CloudTrailEvent[]): ReadonlySet<string> {
  return new Set(
    events.map(({ recipientAccountId, userIdentity, eventTime }) => {
      const { accountId } = (userIdentity ?? {}) as { readonly accountId?: string };
      return `${String(recipientAccountId ?? accountId)} ${String(eventTime).slice(0, 10)}`;
    }),
  );
}

/** The events of a folder's files, in whatever wrapper, each once; samples share ids. */
function eventsIn(folder: string): readonly CloudTrailEvent[] {
  const found = new Map<string, CloudTrailEvent>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const bytes = readFileSync(join(entry.parentPath, entry.name));
    const text = (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes).toString("utf8");
    for (const value of [parsed(text)].flatMap((whole) => whole ?? text.split("\n").map(parsed))) {
      for (const event of within(value)) found.set(JSON.stringify(event), event);
    }
  }
  return [...found.values()];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function* within(value: unknown): Generator<CloudTrailEvent> {
  if (Array.isArray(value)) for (const each of value as unknown[]) yield* within(each);
  if (typeof value !== "object" || value === null || Array.isArray(value)) return;
  const told = value as CloudTrailEvent;
  if ("eventVersion" in told && "eventName" in told && "eventTime" in told) yield told;
  else if (typeof told["CloudTrailEvent"] === "string") yield* within(parsed(told["CloudTrailEvent"]));
  else for (const each of Object.values(told)) yield* within(each);
}
