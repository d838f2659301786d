import { backupCaller } from "../actors/scanners.ts";
import { cliAgent } from "../agents.ts";
import type { Caller } from "../callers.ts";
import { insightPair } from "../insights.ts";
import { findOperation } from "../operations/catalog.ts";
import { happen } from "../perform.ts";
import { denyAccess } from "../refusals.ts";
import type { Happening } from "../record.ts";
import type { Story, Telling } from "./story.ts";

const allowed = [
  "sts:GetCallerIdentity",
  "s3:ListBuckets",
  "s3:ListObjects",
  "s3:GetObject",
  "s3:GetObject",
  "s3:GetObject",
];
const refused = [
  "iam:GetUser",
  "iam:ListUsers",
  "iam:ListRoles",
  "iam:ListAttachedUserPolicies",
  "iam:CreateUser",
  "iam:CreateAccessKey",
  "ec2:DescribeInstances",
  "ec2:RunInstances",
  "ec2:DescribeRegions",
  "secretsmanager:ListSecrets",
  "secretsmanager:GetSecretValue",
  "lambda:ListFunctions20150331",
  "kms:ListKeys",
  "ssm:GetParametersByPath",
  "organizations:DescribeOrganization",
  "cloudtrail:DescribeTrails",
  "guardduty:ListDetectors",
  "rds:DescribeDBInstances",
];

/** Each of the refused calls is tried this often. */
const tries = 4;

/** A key of a machine turns up somewhere else. */
export const leakedKeyStory: Story = {
  id: "leaked-key",
  title: "A leaked access key is tried out",
  summary:
    "The key of the machine user legacy-backup, always used from 198.51.100.7, turns up at 192.0.2.66: it can read the backups, and is refused everything else, dozens of times within minutes",
  query: "userIdentity.userName:legacy-backup sourceIPAddress:192.0.2.66 errorCode:*",
  found: refused.length * tries,
  hoursBefore: 51,
  tell: tellOfLeakedKey,
};

function* tellOfLeakedKey({ company, random, from }: Telling): Generator<Happening> {
  const accountId = company.accountFor("shop");
  const place = company.placeIn(accountId, company.homeRegion);
  const caller: Caller = {
    ...backupCaller(company),
    sourceIp: "192.0.2.66",
    userAgent: cliAgent("linux"),
    tls: "TLSv1.3",
  };
  let at = from;
  for (const id of allowed) {
    yield happen({ random, place, at, caller, operation: findOperation(id) });
    at += 1500 + random.int(6000);
  }
  for (let round = 0; round < tries; round += 1) {
    for (const id of refused) {
      const operation = findOperation(id);
      yield happen({
        random,
        place,
        at,
        caller,
        operation,
        refusal: denyAccess(operation, caller.arn, accountId),
      });
      at += 400 + random.int(1800);
    }
  }
  yield* insightPair({
    random,
    accountId,
    region: "us-east-1",
    startsAt: from + 60_000,
    minutes: 4,
    eventSource: "iam.amazonaws.com",
    eventName: "ListUsers",
    errorCode: "AccessDenied",
    baseline: 0.0004,
    insight: 6,
    principal: caller.arn,
    userAgent: cliAgent("linux").replace("@COMMAND", "iam.list-users"),
  });
}
