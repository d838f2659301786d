import assert from "node:assert/strict";
import { test } from "node:test";
import { madeUpLogFiles, madeUpStories } from "../../src/sandbox/index.ts";
import { type CloudTrailEvent, findingsOf, incidentsOf, OurRules } from "./our-rules.ts";

const now = Date.UTC(2026, 10, 20, 12);

/**
 * The stories that are planted among the company's days: who acts, on which day, and a rule that must tell of it. All
 * else is the company's ordinary life.
 */
const planted: readonly { readonly story: string; readonly actor: RegExp; readonly day: string; rule: string }[] = [
  {
    story: "key-deletion",
    actor: /dmitri@example\.com$/,
    day: "2026-11-14",
    rule: "impact/encryption-key-disabled-or-deleted",
  },
  {
    story: "root-sign-in",
    actor: /^root\//,
    day: "2026-11-15",
    rule: "authentication/root-console-sign-in-without-mfa",
  },
  {
    story: "public-bucket",
    actor: /carla@example\.com$/,
    day: "2026-11-16",
    rule: "exfiltration/bucket-policy-opened-to-everyone",
  },
  {
    story: "public-bucket",
    actor: /anonymous$/,
    day: "2026-11-16",
    rule: "exfiltration/bucket-just-opened-is-read-by-strangers",
  },
  {
    story: "stopped-trail",
    actor: /ben@example\.com$/,
    day: "2026-11-17",
    rule: "defense-evasion/cloudtrail-logging-stopped",
  },
  {
    story: "leaked-key",
    actor: /user\/legacy-backup$/,
    day: "2026-11-18",
    rule: "initial-access/credentials-tried-out",
  },
  {
    story: "mary",
    actor: /user\/hugo$/,
    day: "2026-11-19",
    rule: "privilege-escalation/new-user-made-administrator",
  },
];

/** Its steps are each allowed and informational, on purpose; it is there for lineage. */
const quietStory = "role-chain";

test("a week of a made-up company opens no incident but those of the stories that are planted in it", (context) => {
  assert.deepEqual(
    new Set([...planted.map(({ story }) => story), quietStory]),
    new Set(madeUpStories.map(({ id }) => id)),
  );
  // As they lie in the files: a record in memory also has members that are not written.
  const events = [...madeUpLogFiles({ seed: 20, now })].flatMap(
    ({ text }) => (JSON.parse(text) as { readonly Records: readonly CloudTrailEvent[] }).Records,
  );
  assert.ok(events.length > 20_000, String(events.length));
  const findings = findingsOf(new OurRules().judge(events));
  const incidents = incidentsOf(findings).map(({ actor, at, rules }) => ({
    actor,
    day: new Date(at).toISOString().slice(0, 10),
    rules,
  }));
  context.diagnostic(`${events.length} events, ${findings.length} findings, ${incidents.length} incidents`);

  const unplanted = incidents.filter(
    (incident) => !planted.some(({ actor, day }) => day === incident.day && actor.test(incident.actor)),
  );
  assert.deepEqual(unplanted, []);
  const untold = planted.filter(
    ({ actor, day, rule }) =>
      !incidents.some(
        (incident) => incident.day === day && actor.test(incident.actor) && incident.rules.includes(rule),
      ),
  );
  assert.deepEqual(untold, []);
});
