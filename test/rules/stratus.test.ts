import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { sharedData, skipWithoutSharedData } from "../fixtures/shared-data.ts";
import { type CloudTrailEvent, findingsOf, incidentsOf, OurRules } from "./our-rules.ts";

const folder = join(sharedData, "stratus-red-team");

/** The calls that are the attack itself, as records name them; not the reads that prepare it or wait for it. */
const attackOf: Readonly<Record<string, readonly string[]>> = {
  "aws.credential-access.ec2-steal-instance-credentials": ["SendCommand", "GetCallerIdentity", "DescribeInstances"],
  "aws.credential-access.secretsmanager-retrieve-secrets": ["GetSecretValue"],
  "aws.defense-evasion.vpc-remove-flow-logs": ["DeleteFlowLogs"],
  "aws.persistence.iam-backdoor-user": ["CreateAccessKey"],
  "aws.persistence.iam-create-backdoor-role": ["CreateRole", "AttachRolePolicy"],
  "aws.persistence.lambda-backdoor-function": ["AddPermission20150331v2"],
};

/** It knows the attacker's program by name, which a real one changes: what is found has to be found without it. */
const byProgram = "initial-access/call-from-attack-tool";

const rules = new OurRules();

test("each technique of Stratus Red Team is known here", { skip: skipWithoutSharedData }, () => {
  const files = readdirSync(folder).filter((name) => name.startsWith("aws."));
  assert.deepEqual(files.map((name) => name.replace(/\.json$/, "")).sort(), Object.keys(attackOf).sort());
});

for (const [technique, attack] of Object.entries(attackOf)) {
  test(`${technique} opens an incident, and its calls are evidence`, { skip: skipWithoutSharedData }, () => {
    const text = readFileSync(join(folder, `${technique}.json`), "utf8");
    const events = JSON.parse(text) as readonly CloudTrailEvent[];
    const findings = findingsOf(rules.judge(events)).filter(({ rule }) => rule !== byProgram);
    assert.notDeepEqual(incidentsOf(findings), []);
    const cited = new Set(findings.flatMap((finding) => finding.events));
    const of = (name: string) => events.filter(({ eventName }) => eventName === name);
    for (const name of attack) assert.ok(of(name).length > 0, `${name} is not among the events`);
    const missed = attack.flatMap(of).filter(({ eventID }) => !cited.has(String(eventID)));
    assert.deepEqual(
      missed.map(({ eventName, eventID }) => `${String(eventName)} ${String(eventID)}`),
      [],
    );
  });
}
