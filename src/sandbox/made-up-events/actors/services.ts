import { serviceCaller } from "../callers.ts";
import { scannerMix } from "../mixes.ts";
import { findOperation } from "../operations/catalog.ts";
import { onBucket } from "../operations/s3.ts";
import { assumeRole, freshSession } from "../operations/sts.ts";
import { callOf, happen, perform } from "../perform.ts";
import type { Place } from "../places.ts";
import { formatInstant, type Happening } from "../record.ts";
import { hour, minute, type Actor, type Shift } from "./actor.ts";
import { startRoleSession } from "./sessions.ts";

const assuming = ["ec2.amazonaws.com", "lambda.amazonaws.com", "ecs-tasks.amazonaws.com", "events.amazonaws.com"];
const listing = ["config", "access-analyzer", "trustedadvisor", "inspector2", "securityhub"];

/** AWS's own services: they assume roles, look into buckets, rotate keys, and list what there is. */
export const services: Actor = {
  name: "services",
  share: 0.2,
  weekend: 0.95,
  work: workAsServices,
};

function* workAsServices(shift: Shift): Generator<Happening> {
  const { company, random, dayStart } = shift;
  for (let made = 0; made < shift.budget;) {
    const accountId = random.pick(company.accounts).id;
    const place = company.placeIn(accountId, random.pick(company.regions));
    const at = dayStart + random.int(24 * 60) * minute + random.int(60_000);
    const kind = random.int(100);
    const happenings =
      kind < 45
        ? [assumeForProgram(shift, place, at)]
        : kind < 70
          ? [checkTrailBucket(shift, place, at)]
          : kind < 71
            ? [rotateKey(shift, place, at)]
            : listResources(shift, place, at);
    for (const happening of happenings) {
      made += 1;
      yield happening;
    }
  }
}

function assumeForProgram({ random }: Shift, place: Place, at: number): Happening {
  const service = random.pick(assuming);
  const performance = {
    random,
    place,
    at,
    caller: serviceCaller(service),
    operation: findOperation("sts:AssumeRole"),
  };
  const sessionName = service.startsWith("ec2") ? random.pick(place.instances) : random.pick(place.functions);
  const session = freshSession(random, place.accountId, random.pick(place.roles), sessionName);
  const body = assumeRole(callOf(performance), session, 3600);
  return { at, record: perform({ ...performance, body, sharedEventId: random.uuid() }) };
}

/** CloudTrail looks at its bucket's ACL before it writes. */
function checkTrailBucket({ random }: Shift, place: Place, at: number): Happening {
  const caller = serviceCaller("cloudtrail.amazonaws.com");
  const operation = findOperation("s3:GetBucketAcl");
  const performance = { random, place, at, caller, operation };
  const body = onBucket(callOf(performance), `example-trail-logs-${place.accountId}`, { acl: "" });
  return { at, record: perform({ ...performance, body, sharedEventId: random.uuid() }) };
}

/** A key's yearly rotation is an `AwsServiceEvent`: nobody called anything. */
function rotateKey({ random }: Shift, place: Place, at: number): Happening {
  const keyId = random.pick(place.keys);
  return {
    at,
    record: {
      eventVersion: "1.11",
      userIdentity: { accountId: place.accountId, invokedBy: "AWS Internal" },
      eventTime: formatInstant(at),
      eventSource: "kms.amazonaws.com",
      eventName: "RotateKey",
      awsRegion: place.region,
      sourceIPAddress: "AWS Internal",
      userAgent: "AWS Internal",
      requestParameters: null,
      responseElements: null,
      additionalEventData: { rotationType: "AUTOMATIC" },
      eventID: random.uuid(),
      readOnly: false,
      resources: [
        {
          accountId: place.accountId,
          type: "AWS::KMS::Key",
          ARN: `arn:aws:kms:${place.region}:${place.accountId}:key/${keyId}`,
        },
      ],
      eventType: "AwsServiceEvent",
      managementEvent: true,
      recipientAccountId: place.accountId,
      serviceEventDetails: { keyId },
      eventCategory: "Management",
    },
  };
}

function* listResources({ company, random }: Shift, place: Place, from: number): Generator<Happening> {
  const service = random.pick(listing);
  const invokedBy = `${service}.amazonaws.com`;
  const roleName = `AWSServiceRoleFor${service.charAt(0).toUpperCase()}${service.slice(1)}`;
  const role = {
    accountId: place.accountId,
    roleName,
    rolePath: `/aws-service-role/${invokedBy}/`,
    sessionName: `${service}-${random.hex(8)}`,
    startedAt: from - hour / 2,
    invokedBy,
  };
  const caller = startRoleSession(company, random, role, {
    sourceIp: invokedBy,
    userAgent: invokedBy,
    tls: "none",
  });
  let at = from;
  for (let made = 4 + random.int(10); made > 0; made -= 1) {
    yield happen({ random, place, at, caller, operation: random.pick(scannerMix) });
    at += 100 + random.int(1500);
  }
}
