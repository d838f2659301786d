import { AwsError, type ServiceName } from "../aws/index.ts";
import { keyOf } from "../base/lasting.ts";
import { type Delegations, type Organization, type Outlets, type TrailAddress } from "../recorder/index.ts";
import { callerOfService } from "./identity/caller-of-service.ts";
import { type Identity } from "./identity/open-identity.ts";
import { type EventsService } from "./services/events/events-service.ts";
import { type LogsService } from "./services/logs/logs-service.ts";
import { type S3State } from "./services/s3/s3-state.ts";
import { type Call, type Need } from "./service.ts";
import { type AnyService } from "./front/index.ts";
import { type Inside, type ServiceCall } from "./world.ts";

/** Who CloudTrail is when it calls other services. */
const cloudTrail = "cloudtrail.amazonaws.com";

export interface RecorderSurroundings {
  readonly inside: Inside;
  readonly identity: Identity;
  readonly buckets: S3State["buckets"];
  readonly events: EventsService;
  readonly logs: Pick<LogsService, "checkGroup">;
  readonly findService: (name: ServiceName) => AnyService | undefined;
  readonly now: () => number;
}

/** The AWS around the recorder: every call is made as CloudTrail for a trail, so that policies decide. */
export function recorderOutlets(around: RecorderSurroundings): Outlets {
  const { inside } = around;
  /** CloudTrail calls a service where the thing is that it is called about. */
  const as = (trail: TrailAddress, region = trail.region): ServiceCall => ({
    service: cloudTrail,
    region,
    sourceArn: trail.arn,
    sourceAccount: trail.ownerId,
  });
  const bucketRegion = (bucket: string): string => {
    const found = around.buckets.get(bucket);
    if (found === undefined) throw new AwsError("NoSuchBucket", "The specified bucket does not exist", 404);
    return found.region;
  };
  return {
    async putObject(trail, { bucket, key, body, metadata, contentType, contentEncoding, kmsKeyArn }) {
      const input = {
        ...objectOf(bucket, key),
        ContentType: contentType,
        ContentEncoding: contentEncoding,
        ContentLength: body.length,
        Metadata: metadata,
        ...encryptionOf(trail, kmsKeyArn),
      };
      await inside.callAs(as(trail, bucketRegion(bucket)), "s3", "PutObject", input, body);
    },
    async probeBucket(trail, bucket, keyPrefix, recipients) {
      const from = as(trail, bucketRegion(bucket));
      await inside.callAs(from, "s3", "GetBucketAcl", { Bucket: bucket });
      for (const recipient of recipients) {
        const prefix = keyPrefix === undefined ? "" : `${keyPrefix}/`;
        // Judged, not done: an object that is no log file would lie in people's buckets.
        judge(around, from, "s3", "PutObject", objectOf(bucket, `${prefix}AWSLogs/${recipient}/CloudTrail/probe`));
      }
    },
    bucketRegion: async (bucket) => bucketRegion(bucket),
    async publish(trail, topicArn, message) {
      await inside.callAs(as(trail, regionOf(topicArn)), "sns", "Publish", { TopicArn: topicArn, Message: message });
    },
    async describeKey(trail, keyId) {
      const region = keyId.startsWith("arn:") ? regionOf(keyId) : trail.region;
      const answer = (await inside.callAs(as(trail, region), "kms", "DescribeKey", { KeyId: keyId })) as {
        readonly KeyMetadata?: { readonly Arn?: string; readonly KeySpec?: string; readonly Enabled?: boolean };
      };
      const { Arn: arn = "", KeySpec, Enabled } = answer.KeyMetadata ?? {};
      if (Enabled === false) throw new AwsError("DisabledException", `${arn} is disabled.`);
      return { arn, region: regionOf(arn), isSymmetric: KeySpec === "SYMMETRIC_DEFAULT" };
    },
    async probeKey(trail, keyArn) {
      const EncryptionContext = { "aws:cloudtrail:arn": trail.arn };
      const input = { KeyId: keyArn, KeySpec: "AES_256", EncryptionContext };
      await inside.callAs(as(trail, regionOf(keyArn)), "kms", "GenerateDataKey", input);
    },
    async probeLogGroup(trail, logGroupArn, roleArn) {
      const group = logGroupName(logGroupArn);
      const region = regionOf(logGroupArn);
      around.logs.checkGroup({ accountId: logGroupArn.split(":")[4] ?? "", region, name: group });
      judge(around, { ...as(trail, region), roleArn }, "logs", "CreateLogStream", {
        logGroupName: group,
        logStreamName: `${trail.ownerId}_CloudTrail_${trail.region}`,
      });
      judge(around, { ...as(trail, region), roleArn }, "logs", "PutLogEvents", {
        logGroupName: group,
        logStreamName: `${trail.ownerId}_CloudTrail_${trail.region}`,
        logEvents: [],
      });
    },
    async putLogEvents(trail, { logGroupArn, roleArn, stream }, messages) {
      const from = { ...as(trail, regionOf(logGroupArn)), roleArn };
      const address = { logGroupName: logGroupName(logGroupArn), logStreamName: stream };
      const logEvents = messages.map(({ at, text }) => ({ timestamp: at, message: text }));
      try {
        await inside.callAs(from, "logs", "PutLogEvents", { ...address, logEvents });
      } catch (error) {
        if (!isRefusal(error, "ResourceNotFoundException")) throw error;
        await inside.callAs(from, "logs", "CreateLogStream", address).catch((refused: unknown) => {
          // Events of several regions go to one stream, and whoever comes first makes it.
          if (!isRefusal(refused, "ResourceAlreadyExistsException")) throw refused;
        });
        await inside.callAs(from, "logs", "PutLogEvents", { ...address, logEvents });
      }
    },
    putBusEvent: (accountId, region, event) => around.events.putBusEvent(accountId, region, event),
    organizationOf: async (accountId) => organizationAround(around.identity, accountId),
  };
}

/** An account's organization as the recorder sees it. */
export function organizationAround({ organizations: book }: Identity, accountId: string): Organization | undefined {
  const organization = book.organizationOf(accountId);
  if (organization === undefined) return undefined;
  const { id, managementAccountId } = organization;
  const delegatedAdministrators: Record<string, string[]> = {};
  for (const { service, accountId: administrator } of book.administrators.values(keyOf(id, ""))) {
    (delegatedAdministrators[service] ??= []).push(administrator);
  }
  return {
    id,
    managementAccountId,
    memberIds: [...book.members.values()]
      .filter((member) => member.organizationId === id)
      .map((member) => member.accountId),
    hasAllFeatures: organization.hasAllFeatures,
    trusts: [...book.services.values(keyOf(id, ""))].map(({ service }) => service),
    delegatedAdministrators,
  };
}

/** Registering an administrator through CloudTrail writes into the organization itself. */
export function recorderDelegations({ organizations: book }: Identity, now: () => number): Delegations {
  return {
    async register({ id: organizationId }, accountId, service) {
      book.administrators.put(keyOf(organizationId, accountId, service), {
        organizationId,
        accountId,
        service,
        at: now(),
      });
    },
    async deregister({ id }, accountId, service) {
      book.administrators.delete(keyOf(id, accountId, service));
    },
  };
}

function objectOf(bucket: string, key: string): { Bucket: string; Key: string; ACL: string } {
  return { Bucket: bucket, Key: key, ACL: "bucket-owner-full-control" };
}

/** CloudTrail User Guide, "Configure AWS KMS key policies for CloudTrail": the context names the trail. */
function encryptionOf(trail: TrailAddress, kmsKeyArn: string | undefined): object {
  if (kmsKeyArn === undefined) return {};
  const context = JSON.stringify({ "aws:cloudtrail:arn": trail.arn });
  return {
    ServerSideEncryption: "aws:kms",
    SSEKMSKeyId: kmsKeyArn,
    SSEKMSEncryptionContext: Buffer.from(context).toString("base64"),
  };
}

/** Asks whether a call would be allowed, without making it. */
function judge(
  around: RecorderSurroundings,
  as: ServiceCall,
  serviceName: ServiceName,
  operationName: string,
  input: object,
): void {
  const { identity } = around;
  const service = around.findService(serviceName);
  const operations = service?.operations as
    | Readonly<Record<string, { needs(input: object, call: Call): readonly Need[] }>>
    | undefined;
  const operation = operations?.[operationName];
  if (operation === undefined) throw new AwsError("UnknownOperationException", `There is no ${operationName}`);
  const caller = callerOfService(identity, as);
  const call: Call = {
    service: serviceName,
    operation: operationName,
    accountId: caller.accountId,
    region: as.region,
    caller,
    at: around.now(),
    requestId: "",
    sourceIp: as.service,
    userAgent: as.service,
    body: undefined,
    note: () => undefined,
  };
  for (const need of operation.needs(input, call)) {
    const judged = identity.authorizer.authorize(call, need);
    if (!judged.allowed) throw new AwsError(judged.code ?? "AccessDenied", judged.message, 403);
  }
}

function isRefusal(error: unknown, code: string): boolean {
  return error instanceof AwsError && error.code === code;
}

function regionOf(arn: string): string {
  return arn.split(":")[3] ?? "";
}

function logGroupName(arn: string): string {
  return arn.split(":")[6] ?? "";
}
