import { buffer } from "node:stream/consumers";
import { Readable } from "node:stream";

import { AwsError, sdkPackages } from "../../aws/index.ts";
import { SteppedClock } from "../../base/clock.ts";
import { type Caller } from "../caller.ts";
import { defineService } from "../service.ts";
import { type Authorizer } from "./authorizer.ts";
import { type CredentialLookup } from "./credentials.ts";
import { type EndedCall } from "./ended-call.ts";
import { type Front, type FrontOptions, startFront } from "./start-front.ts";

export const accountId = "111122223333";

export const alice: Caller = {
  accountId,
  principalArn: `arn:aws:iam::${accountId}:user/alice`,
  arn: `arn:aws:iam::${accountId}:user/alice`,
  identity: { type: "IAMUser", principalId: "AIDAALICE", arn: `arn:aws:iam::${accountId}:user/alice`, accountId },
  kind: "user",
  tags: {},
  sessionPolicies: [],
  context: {},
};

export const keys = { accessKeyId: "AKIAALICE", secretAccessKey: "alice/secret+key" };
export const sessionKeys = { accessKeyId: "ASIAALICE", secretAccessKey: "session", sessionToken: "the/token==" };

const credentials: CredentialLookup = {
  find(accessKeyId, token) {
    if (accessKeyId === keys.accessKeyId) return { kind: "found", secret: keys.secretAccessKey, caller: alice };
    if (accessKeyId === "AKIAINACTIVE") return { kind: "inactive" };
    if (accessKeyId === "ASIAEXPIRED") return { kind: "expired" };
    if (accessKeyId !== sessionKeys.accessKeyId) return { kind: "unknown" };
    if (token !== sessionKeys.sessionToken) return { kind: "wrong-token" };
    return { kind: "found", secret: sessionKeys.secretAccessKey, caller: alice };
  },
};

/** Lets everybody do everything but what `forbidden` names. */
export function allowAllBut(...forbidden: readonly string[]): Authorizer {
  return {
    authorize: ({ caller }, { action, resource }) =>
      forbidden.includes(action)
        ? {
            allowed: false,
            message: `User: ${caller.arn} is not authorized to perform: ${action} on resource: ${resource} with an explicit deny in an identity-based policy`,
          }
        : { allowed: true },
  };
}

export interface FrontTest extends AsyncDisposable {
  readonly front: Front;
  readonly ended: readonly EndedCall[];
  readonly faults: readonly unknown[];
  /** The bytes of objects, by bucket and key. */
  readonly objects: Map<string, Buffer>;
  readonly clock: SteppedClock;
  /** What a client of the SDK is made with. */
  readonly client: {
    readonly endpoint: string;
    readonly region: string;
    readonly credentials: typeof keys;
    readonly maxAttempts: number;
  };
}

/** A front with little services that keep just enough to see that a call has come through. */
export async function openFront(options: Partial<FrontOptions> = {}): Promise<FrontTest> {
  const ended: EndedCall[] = [];
  const faults: unknown[] = [];
  const objects = new Map<string, Buffer>();
  const clock = new SteppedClock(Date.now());
  const front = await startFront({
    clock,
    wallClock: clock,
    credentials,
    authorizer: allowAllBut(),
    onCall: (call) => void ended.push(call),
    onFault: (error) => void faults.push(error),
    port: 0,
    services: testServices(objects),
    ...options,
  });
  return {
    front,
    ended,
    faults,
    objects,
    clock,
    client: { endpoint: front.url, region: "eu-west-1", credentials: keys, maxAttempts: 1 },
    [Symbol.asyncDispose]: () => front[Symbol.asyncDispose](),
  };
}

function testServices(objects: Map<string, Buffer>): NonNullable<FrontOptions["services"]> {
  const arn = (bucket = "", key = "") => `arn:aws:s3:::${bucket}/${key}`;
  const s3 = defineService("s3", {
    PutObject: {
      needs: ({ Bucket, Key }) => [{ action: "s3:PutObject", resource: arn(Bucket, Key) }],
      async answer({ Bucket, Key }, { body }) {
        objects.set(`${Bucket}/${Key}`, body === undefined ? Buffer.alloc(0) : await buffer(body));
        return { ETag: '"etag"' };
      },
    },
    GetObject: {
      needs: ({ Bucket, Key }) => [{ action: "s3:GetObject", resource: arn(Bucket, Key) }],
      answer({ Bucket, Key }) {
        const bytes = objects.get(`${Bucket}/${Key}`);
        if (bytes === undefined)
          throw new AwsError("NoSuchKey", "The specified key does not exist.", 404, { Key: Key ?? "" });
        return {
          // The SDK types what its client gets, with methods of its own.
          Body: Readable.from([bytes], { objectMode: false }) as never,
          ContentLength: bytes.length,
          Metadata: { colour: "blue" },
          LastModified: new Date(0),
        };
      },
    },
    HeadObject: {
      needs: () => [],
      answer({ Bucket, Key }) {
        const bytes = objects.get(`${Bucket}/${Key}`);
        if (bytes === undefined) throw new AwsError("NotFound", "Not Found", 404);
        return { ContentLength: bytes.length };
      },
    },
    PutBucketPolicy: {
      needs: ({ Bucket }) => [{ action: "s3:PutBucketPolicy", resource: arn(Bucket) }],
      answer: ({ Bucket, Policy }) => {
        objects.set(`${Bucket}?policy`, Buffer.from(Policy ?? ""));
        return {};
      },
    },
    GetBucketPolicy: { needs: () => [], answer: ({ Bucket }) => ({ Policy: String(objects.get(`${Bucket}?policy`)) }) },
    GetBucketLocation: { needs: () => [], answer: () => ({ LocationConstraint: "eu-west-1" as const }) },
  });
  const iam = defineService("iam", {
    CreateUser: {
      needs: ({ UserName }) => [{ action: "iam:CreateUser", resource: `arn:aws:iam::${accountId}:user/${UserName}` }],
      answer({ UserName = "", Path = "/", Tags }, call) {
        if (UserName === "taken")
          throw new AwsError("EntityAlreadyExists", "User with name taken already exists.", 409);
        if (UserName === "broken") throw new TypeError("a fault of ours");
        call.note({ additionalEventData: { noted: true } });
        return {
          User: {
            UserName,
            Path,
            UserId: "AIDAEXAMPLE",
            Arn: `arn:aws:iam::${accountId}:user${Path}${UserName}`,
            CreateDate: new Date(call.at - (call.at % 1000)),
            Tags,
          },
        };
      },
    },
  });
  const sqs = defineService("sqs", {
    SendMessage: {
      needs: () => [],
      answer: ({ QueueUrl = "", MessageBody = "" }) => {
        if (QueueUrl.endsWith("/missing"))
          throw new AwsError("QueueDoesNotExist", "The specified queue does not exist.");
        // Of the same length as a right sum, so that what the client compares it with shows.
        return { MessageId: `${MessageBody.length}`, MD5OfMessageBody: md5OfHello };
      },
    },
    GetQueueAttributes: { needs: () => [], answer: () => ({ Attributes: { DelaySeconds: "0", Policy: "<>" } }) },
  });
  const cloudtrail = defineService("cloudtrail", {
    DescribeTrails: {
      needs: () => [{ action: "cloudtrail:DescribeTrails", resource: "*" }],
      answer: ({ trailNameList = [] }) => ({ trailList: trailNameList.map((Name) => ({ Name })) }),
    },
  });
  const guardduty = defineService("guardduty", {
    GetDetector: {
      needs: () => [],
      answer: ({ DetectorId }) => ({
        ServiceRole: DetectorId ?? "",
        Status: "ENABLED" as const,
        Tags: { team: "blue" },
      }),
    },
  });
  const ec2 = defineService("ec2", {
    DescribeRegions: {
      needs: ({ RegionNames = [] }) => [{ action: "ec2:DescribeRegions", resource: RegionNames.join(",") || "*" }],
      answer: ({ RegionNames = [] }) => ({ Regions: RegionNames.map((RegionName) => ({ RegionName })) }),
    },
  });
  return [s3, iam, sqs, cloudtrail, guardduty, ec2];
}

export const md5OfHello = "5d41402abc4b2a76b9719d911017c592";

/** The SDK's packages, for tests outside of `aws/`. */
export const sdk = sdkPackages;
