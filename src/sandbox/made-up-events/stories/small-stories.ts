import { agents } from "../agents.ts";
import { startPersonSession } from "../actors/sessions.ts";
import { rootUser, type Caller } from "../callers.ts";
import type { Person } from "../company.ts";
import { findOperation } from "../operations/catalog.ts";
import { scheduleKeyDeletion } from "../operations/kms.ts";
import { onObject, putBucketPolicy, putPublicAccessBlock } from "../operations/s3.ts";
import { callOf, happen } from "../perform.ts";
import { makeAccessKey } from "../places.ts";
import type { Happening } from "../record.ts";
import { signInToConsole } from "../sign-in.ts";
import type { Story, Telling } from "./story.ts";

/** A trail stands still for twenty-three minutes. */
export const stoppedTrailStory: Story = {
  id: "stopped-trail",
  title: "A trail is stopped",
  summary:
    "ben@example.com stops the trail of Example Staging from the command line; ana@example.com starts it again 23 minutes later",
  query: "eventName:StopLogging",
  found: 1,
  hoursBefore: 74,
  *tell({ company, random, from }: Telling): Generator<Happening> {
    const accountId = company.accountFor("staging");
    const place = company.placeIn(accountId, company.homeRegion);
    const ben = sessionOf({ company, random, from }, "ben@example.com", accountId, true);
    yield happen({
      random,
      place,
      at: from,
      caller: ben,
      operation: findOperation("cloudtrail:DescribeTrails"),
    });
    yield happen({
      random,
      place,
      at: from + 14_000,
      caller: ben,
      operation: findOperation("cloudtrail:StopLogging"),
    });
    yield happen({
      random,
      place,
      at: from + 95_000,
      caller: ben,
      operation: findOperation("ec2:RunInstances"),
    });
    const back = from + 23 * 60_000;
    const ana = sessionOf({ company, random, from: back }, "ana@example.com", accountId, false);
    yield happen({
      random,
      place,
      at: back,
      caller: ana,
      operation: findOperation("cloudtrail:GetTrailStatus"),
    });
    yield happen({
      random,
      place,
      at: back + 20_000,
      caller: ana,
      operation: findOperation("cloudtrail:StartLogging"),
    });
  },
};

/** A bucket is opened to the world, and the world comes. */
export const publicBucketStory: Story = {
  id: "public-bucket",
  title: "A bucket becomes public",
  summary:
    "carla@example.com lifts the public access block of a bucket of Example Shop and lets everybody read it; nine objects are fetched by nobody in particular from 192.0.2.151",
  query: "eventName:PutBucketPolicy requestParameters.bucketPolicy.Statement.Sid:PublicRead",
  found: 1,
  hoursBefore: 98,
  *tell({ company, random, from }: Telling): Generator<Happening> {
    const accountId = company.accountFor("shop");
    const place = company.placeIn(accountId, company.homeRegion);
    const bucket = place.buckets[5] ?? "example-media";
    const carla = sessionOf({ company, random, from }, "carla@example.com", accountId, false);
    const base = { random, place, caller: carla };
    const [first, second] = [callOf({ ...base, at: from }), callOf({ ...base, at: from + 33_000 })];
    const statement = {
      Sid: "PublicRead",
      Effect: "Allow",
      Principal: "*",
      Action: "s3:GetObject",
      Resource: `arn:aws:s3:::${bucket}/*`,
    };
    yield happen({
      ...base,
      at: from,
      operation: findOperation("s3:PutBucketPublicAccessBlock"),
      body: putPublicAccessBlock(first, bucket, false),
    });
    yield happen({
      ...base,
      at: from + 33_000,
      operation: findOperation("s3:PutBucketPolicy"),
      body: putBucketPolicy(second, bucket, statement),
    });
    const nobody: Caller = {
      identity: { type: "AWSAccount", principalId: "", accountId: "anonymous" },
      arn: "anonymous",
      sourceIp: "192.0.2.151",
      userAgent: "curl/8.14.1",
      tls: "TLSv1.3",
    };
    for (let count = 1; count <= 9; count += 1) {
      const at = from + 1_500_000 + count * 2300;
      const body = onObject(callOf({ random, place, at, caller: nobody }), 0, 80_000, { bucket });
      yield happen({
        random,
        place,
        at,
        caller: nobody,
        operation: findOperation("s3:GetObject"),
        body,
      });
    }
  },
};

/** Root should never be seen. */
export const rootSignInStory: Story = {
  id: "root-sign-in",
  title: "The root user signs in",
  summary:
    "Somebody signs in as root of Example Data from 192.0.2.17 without MFA: the first two tries fail, the third succeeds, then access keys are listed and made",
  query: "eventName:ConsoleLogin userIdentity.type:Root",
  found: 3,
  hoursBefore: 122,
  *tell({ company, random, from }: Telling): Generator<Happening> {
    const accountId = company.accountFor("data");
    const [sourceIp, userAgent] = ["192.0.2.17", agents.browsers[2]];
    for (const [tried, succeeds] of [false, false, true].entries()) {
      const at = from + tried * 19_000;
      yield {
        at,
        record: signInToConsole({
          random,
          at,
          accountId,
          identity: rootUser(accountId, ""),
          sourceIp,
          userAgent,
          succeeds,
        }),
      };
    }
    const place = company.placeIn(accountId, "us-east-1");
    const session = { startedAt: from + 38_000, withMfa: false };
    const root: Caller = {
      identity: rootUser(accountId, makeAccessKey(random, "ASIA"), session),
      arn: `arn:aws:iam::${accountId}:root`,
      sourceIp,
      userAgent,
      tls: "TLSv1.3",
      fromConsole: true,
    };
    yield happen({
      random,
      place,
      at: from + 80_000,
      caller: root,
      operation: findOperation("iam:ListAccessKeys"),
      body: { request: null },
    });
    yield happen({
      random,
      place,
      at: from + 122_000,
      caller: root,
      operation: findOperation("iam:GetAccountSummary"),
    });
    const answer = {
      accessKey: { accessKeyId: makeAccessKey(random, "AKIA"), status: "Active", userName: "root" },
    };
    yield happen({
      random,
      place,
      at: from + 131_000,
      caller: root,
      operation: findOperation("iam:CreateAccessKey"),
      body: { request: null, response: answer },
    });
  },
};

/** A key that data hangs on is put on the list of the dying, and saved. */
export const keyDeletionStory: Story = {
  id: "key-deletion",
  title: "The deletion of a KMS key is scheduled",
  summary:
    "dmitri@example.com schedules the deletion of a key of Example Data in seven days; two hours later ella@example.com of the security team cancels it",
  query: "eventName:ScheduleKeyDeletion",
  found: 1,
  hoursBefore: 145,
  *tell({ company, random, from }: Telling): Generator<Happening> {
    const accountId = company.accountFor("data");
    const place = company.placeIn(accountId, company.homeRegion);
    const key = place.keys[3] ?? "";
    const resources = [
      {
        accountId,
        type: "AWS::KMS::Key",
        ARN: `arn:aws:kms:${place.region}:${accountId}:key/${key}`,
      },
    ];
    const dmitri = sessionOf({ company, random, from }, "dmitri@example.com", accountId, false);
    const first = { random, place, at: from, caller: dmitri };
    yield happen({
      ...first,
      operation: findOperation("kms:DescribeKey"),
      body: { request: { keyId: key }, resources },
    });
    yield happen({
      ...first,
      at: from + 45_000,
      operation: findOperation("kms:ScheduleKeyDeletion"),
      body: scheduleKeyDeletion(callOf({ ...first, at: from + 45_000 }), key, 7),
    });
    const rescue = from + 2 * 3_600_000;
    const ella = sessionOf({ company, random, from: rescue }, "ella@example.com", accountId, true);
    const second = { random, place, at: rescue, caller: ella };
    yield happen({
      ...second,
      operation: findOperation("kms:CancelKeyDeletion"),
      body: { request: { keyId: key }, response: { keyId: resources[0]?.ARN ?? "" }, resources },
    });
  },
};

function sessionOf(
  { company, random, from }: Telling,
  email: string,
  accountId: string,
  byCli: boolean,
): Caller {
  const person: Person = company.people.find((one) => one.email === email) ?? {
    email,
    job: "developer",
    hoursAhead: 0,
    address: "203.0.113.99",
    browser: agents.browsers[0],
  };
  return startPersonSession(company, random, person, accountId, from - 600_000, byCli).caller;
}
