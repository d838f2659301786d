import { randomUUID } from "node:crypto";

import { type CloudTrailApi } from "../recorder/index.ts";
import { callFor } from "./call-for.ts";
import { type Chore } from "./housekeeping.ts";
import { organizationAround } from "./recorder-outlets.ts";
import { type AnyService, type EndedCall } from "./front/index.ts";
import { type Identity } from "./identity/open-identity.ts";
import { type Service } from "./service.ts";
import { cloudTrailService } from "./services/cloudtrail/cloudtrail-service.ts";
import { ec2Service } from "./services/ec2/ec2-service.ts";
import { iamProfiles } from "./services/ec2/iam-profiles.ts";
import { type EncryptionKeys } from "./services/encryption-keys.ts";
import { eventsService, type EventsService } from "./services/events/events-service.ts";
import { iamService } from "./services/iam/iam-service.ts";
import { guardDutyService } from "./services/guardduty/guardduty-service.ts";
import { findKey } from "./services/kms/keys/find-key.ts";
import { keyArn } from "./services/kms/keys/key.ts";
import { kmsService } from "./services/kms/kms-service.ts";
import { KmsState } from "./services/kms/kms-state.ts";
import { type LogsService, logsService } from "./services/logs/logs-service.ts";
import { organizationsService } from "./services/organizations/organizations-service.ts";
import { type S3Keys, type S3Notices } from "./services/s3/outlets.ts";
import { sweepLifecycles } from "./services/s3/lifecycle/sweep.ts";
import { s3Service } from "./services/s3/s3-service.ts";
import { openS3State, type S3State } from "./services/s3/s3-state.ts";
import { type SnsService, snsService } from "./services/sns/sns-service.ts";
import { sqsService } from "./services/sqs/sqs-service.ts";
import { stsService } from "./services/sts/sts-service.ts";
import { type Inside, type World } from "./world.ts";

export interface ServiceParts {
  readonly world: World;
  readonly inside: Inside;
  readonly identity: Identity;
  /** Told of calls that services make on behalf of callers. */
  readonly tell: (ended: EndedCall) => Promise<void>;
}

/** The services but CloudTrail, whose API is the recorder's. */
export interface StartedServices extends AsyncDisposable {
  readonly services: readonly AnyService[];
  readonly events: EventsService;
  readonly logs: LogsService;
  readonly sns: SnsService;
  readonly s3: S3State;
  readonly chores: readonly Chore[];
  cloudTrail(api: CloudTrailApi): Service<"cloudtrail">;
}

/** Makes the services of the sandbox and joins those that need each other. */
export async function startServices(parts: ServiceParts): Promise<StartedServices> {
  const { world, inside, identity } = parts;
  const { authorizer } = identity;
  await using starting = new AsyncDisposableStack();
  const knowsPrincipal = (arn: string) => isKnownPrincipal(identity, arn);
  const authorize = authorizer.authorize.bind(authorizer);

  const kms = kmsService(world, { authorize, knowsPrincipal });
  const keys = encryptionKeys(new KmsState(world));
  const sqs = sqsService(world, keys);
  const sns = starting.use(snsService(world, inside, keys));
  const events = starting.use(eventsService(world, inside));
  const guardDuty = starting.use(
    guardDutyService(world, inside, events, {
      organizationOf: async (accountId) => organizationAround(identity, accountId),
    }),
  );
  const s3 = await openS3State(world);
  const logs = logsService(world);
  const s3Outlets = { kms: keysForS3(parts, kms), notify: noticesOfS3(inside, events), knowsPrincipal, authorize };
  const services: AnyService[] = [
    kms,
    sqs,
    sns,
    events,
    s3Service(s3, s3Outlets),
    logs,
    iamService(world, identity),
    stsService(identity),
    organizationsService(world, identity, (...joined) => guardDuty.accountJoined(...joined)),
    guardDuty,
    ec2Service(world, iamProfiles(identity.directory)),
  ];
  const stack = starting.move();
  return {
    services,
    events,
    logs,
    sns,
    s3,
    chores: [
      {
        name: "lifecycles of buckets",
        async run(now) {
          await sweepLifecycles({ ...s3, outlets: s3Outlets }, now);
        },
      },
      { name: "log groups", run: () => logs.sweep() },
    ],
    cloudTrail: (api) => cloudTrailService(api, world.state),
    [Symbol.asyncDispose]: () => stack[Symbol.asyncDispose](),
  };
}

/** Whether a user or role is there; of accounts that are not of this sandbox, all are. */
function isKnownPrincipal({ accounts, directory }: Identity, arn: string): boolean {
  const [, accountId = "", kind, path = ""] = /^arn:aws:iam::(\d{12}):(user|role)\/(.+)$/.exec(arn) ?? [];
  if (kind === undefined || !accounts.has(accountId)) return true;
  const name = path.slice(path.lastIndexOf("/") + 1);
  return (kind === "user" ? directory.users.get(accountId, name) : directory.roles.get(accountId, name)) !== undefined;
}

function encryptionKeys(state: KmsState): EncryptionKeys {
  return {
    find(accountId, region, keyId) {
      try {
        const key = findKey(state, { accountId, region }, keyId);
        const isEnabled = key.isEnabled && key.deletion === undefined;
        return { arn: keyArn(key), ownerId: key.accountId, policy: key.policy, isEnabled };
      } catch {
        return undefined;
      }
    },
  };
}

function keysForS3({ identity, world, tell }: ServiceParts, kms: Service<"kms">): S3Keys {
  const parts = {
    service: kms,
    authorizer: identity.authorizer,
    newRequestId: randomUUID,
    now: () => world.clock.now(),
    tell,
  };
  return {
    async generateDataKey(forCall, { region, keyId, context }) {
      const input = { KeyId: keyId, KeySpec: "AES_256", EncryptionContext: context };
      const answer = await callFor(forCall, { service: "s3.amazonaws.com", region }, "GenerateDataKey", input, parts);
      const { Plaintext, CiphertextBlob, KeyId = "" } = answer as DataKey;
      return { plaintext: Plaintext, ciphertext: CiphertextBlob, keyArn: KeyId };
    },
    async decrypt(forCall, { region, ciphertext, context }) {
      // The ciphertext tells the key; real records of S3's calls name none.
      const input = { CiphertextBlob: ciphertext, EncryptionContext: context };
      const answer = await callFor(forCall, { service: "s3.amazonaws.com", region }, "Decrypt", input, parts);
      return (answer as DataKey).Plaintext;
    },
  };
}

interface DataKey {
  readonly Plaintext: Uint8Array;
  readonly CiphertextBlob: Uint8Array;
  readonly KeyId?: string;
}

function noticesOfS3(inside: Inside, events: EventsService): S3Notices {
  return {
    async send(from, queueArn, message) {
      const [, , , region = "", accountId = "", name = ""] = queueArn.split(":");
      const QueueUrl = `https://sqs.${region}.amazonaws.com/${accountId}/${name}`;
      await inside.callAs({ ...from, region }, "sqs", "SendMessage", { QueueUrl, MessageBody: message });
    },
    async publish(from, topicArn, subject, message) {
      const [, , , region = ""] = topicArn.split(":");
      const input = { TopicArn: topicArn, Subject: subject, Message: message };
      await inside.callAs({ ...from, region }, "sns", "Publish", input);
    },
    async putEvent({ region, sourceAccount }, { detailType, at, resource, detail }) {
      await events.putBusEvent(sourceAccount, region, {
        detailType,
        source: "aws.s3",
        at,
        detail,
        resources: [resource],
        isReadOnlyManagement: false,
      });
    },
  };
}
