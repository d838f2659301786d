import type { Company, Person } from "../company.ts";
import { personMix } from "../mixes.ts";
import { findOperation } from "../operations/catalog.ts";
import { happen } from "../perform.ts";
import { denyAccess } from "../refusals.ts";
import type { Happening } from "../record.ts";
import { openAccount, signInToIdentityCenter } from "../sign-in.ts";
import { hour, minute, type Actor, type Shift } from "./actor.ts";
import { startPersonSession } from "./sessions.ts";

/** What one page of the console, or one task at the command line, asks within seconds. */
const tasks: readonly (readonly string[])[] = [
  [
    "ec2:DescribeInstances",
    "ec2:DescribeSecurityGroups",
    "ec2:DescribeTags",
    "ec2:DescribeAvailabilityZones",
    "monitoring:DescribeAlarms",
    "ec2:DescribeRegions",
  ],
  [
    "s3:ListBuckets",
    "s3:GetBucketLocation",
    "s3:GetBucketVersioning",
    "s3:GetBucketPolicyStatus",
    "s3:GetBucketPublicAccessBlock",
    "s3:GetBucketEncryption",
  ],
  ["iam:GetAccountSummary", "iam:ListUsers", "iam:ListMFADevices", "iam:ListAccessKeys", "iam:ListRoles"],
  ["lambda:ListFunctions20150331", "lambda:GetFunction20150331v2", "logs:DescribeLogStreams", "logs:FilterLogEvents"],
  ["logs:DescribeLogGroups", "logs:StartQuery", "logs:GetQueryResults", "logs:GetQueryResults", "logs:GetQueryResults"],
  ["ecs:ListClusters", "ecs:DescribeServices", "ecs:DescribeTasks", "ecs:DescribeTaskDefinition", "ecs:UpdateService"],
  ["rds:DescribeDBInstances", "rds:DescribeDBSnapshots", "rds:CreateDBSnapshot", "rds:DescribeDBSnapshots"],
  ["ec2:DescribeSecurityGroups", "ec2:AuthorizeSecurityGroupIngress", "ec2:DescribeSecurityGroups"],
  ["ssm:DescribeInstanceInformation", "ssm:StartSession"],
  ["secretsmanager:ListSecrets", "secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"],
  ["dynamodb:ListTables", "dynamodb:DescribeTable", "dynamodb:DescribeContinuousBackups"],
  ["cloudformation:DescribeStacks", "cloudformation:DescribeStackEvents", "cloudformation:GetTemplate"],
  ["kms:ListAliases", "kms:ListKeys", "kms:DescribeKey", "kms:GetKeyPolicy", "kms:GetKeyRotationStatus"],
  ["cloudtrail:DescribeTrails", "cloudtrail:GetTrailStatus", "cloudtrail:LookupEvents"],
  ["guardduty:ListDetectors", "guardduty:ListFindings", "guardduty:GetFindings"],
  ["route53:ListHostedZones", "route53:ListResourceRecordSets", "route53:ChangeResourceRecordSets"],
  ["organizations:DescribeOrganization", "organizations:ListAccounts", "organizations:ListPolicies"],
];

/** People at work: a sign-in in the morning, tasks until the evening, hardly anything at weekends. */
export const people: Actor = { name: "people", share: 0.14, weekend: 0.08, work: workAsPeople };

function* workAsPeople(shift: Shift): Generator<Happening> {
  const { company, random } = shift;
  const present = company.people.filter(() => random.chance(shift.isWeekend ? 0.2 : 0.92));
  for (const person of present) yield* workThroughDay(shift, person, shift.budget / present.length);
}

function* workThroughDay(shift: Shift, person: Person, budget: number): Generator<Happening> {
  const { company, random, dayStart } = shift;
  const start = dayStart + (9 - person.hoursAhead) * hour + random.int(80) * minute;
  const signIn = signInOf(company, shift, person, start);
  if (random.chance(0.15))
    yield {
      at: start - 40_000,
      record: signInToIdentityCenter({ ...signIn, at: start - 40_000, succeeds: false }, person.email),
    };
  yield { at: start, record: signInToIdentityCenter(signIn, person.email) };

  const accountIds = company.accounts.filter((account) => worksIn(person, account.purpose)).map(({ id }) => id);
  let made = 0;
  let at = start + minute;
  while (made < budget && at < start + 9 * hour) {
    const accountId = random.pick(accountIds.length > 0 ? accountIds : company.accounts.map(({ id }) => id));
    const byCli = random.chance(0.25);
    const session = startPersonSession(company, random, person, accountId, at, byCli);
    yield {
      at,
      record: openAccount({
        ...session,
        random,
        at,
        seed: company.seed,
        accountId,
        person: person.email,
      }),
    };
    const calls = doTasks(
      shift,
      person,
      session.caller,
      accountId,
      at + 4000,
      Math.min(budget - made, 10 + random.int(40)),
    );
    for (const happening of calls) {
      made += 1;
      at = happening.at;
      yield happening;
    }
    at += random.int(Math.max(4, Math.ceil((9 * 60 * 30) / Math.max(budget, 1)))) * minute;
  }
}

function* doTasks(
  shift: Shift,
  person: Person,
  caller: Parameters<typeof happen>[0]["caller"],
  accountId: string,
  from: number,
  count: number,
): Generator<Happening> {
  const { company, random } = shift;
  let at = from;
  for (let made = 0; made < count;) {
    const region = random.chance(0.8) ? company.homeRegion : random.pick(company.regions);
    const place = company.placeIn(accountId, region);
    const operations = random.chance(0.7) ? random.pick(tasks).map(findOperation) : [random.pick(personMix)];
    for (const operation of operations) {
      const mayNot = !operation.readOnly && person.job !== "admin" && random.chance(0.3);
      const refusal = mayNot ? { refusal: denyAccess(operation, caller.arn, accountId) } : {};
      yield happen({ random, place, at, operation, caller, ...refusal });
      at += 200 + random.int(2500);
      made += 1;
    }
    at += random.int(4 * minute);
  }
}

function worksIn(person: Person, purpose: string): boolean {
  if (person.job === "admin" || person.job === "security") return true;
  return person.job === "analyst" ? purpose === "data" : purpose === "shop" || purpose === "staging";
}

function signInOf(company: Company, shift: Shift, person: Person, at: number) {
  const accountId = company.accountFor("security");
  const identity = {
    type: "IdentityCenterUser",
    accountId,
    onBehalfOf: {
      userId: company.idsOf(accountId, person.email).suffix.replace(/^(.{8})(.{4})(.{4})$/, "$1-$2-7$3"),
      identityStoreArn: `arn:aws:identitystore::${accountId}:identitystore/d-99670example`,
    },
    credentialId: shift.random.uuid(),
  };
  return {
    random: shift.random,
    at,
    accountId,
    identity,
    sourceIp: person.address,
    userAgent: person.browser,
    succeeds: true,
  };
}
