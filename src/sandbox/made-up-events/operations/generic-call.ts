import { roleArn } from "../callers.ts";
import type { JsonObject } from "../record.ts";
import type { Call, CallBody } from "./operation.ts";
import { onBucket, transfer } from "./s3.ts";

/** Verbs of calls that change nothing. */
export const readVerbs = /^(Describe|List|Get|Batch[GD]|Search|View|Select|Validate|Download|Simulate|Detect|Discover)/;

/** Makes up the parameters of an operation of the long tail from its name, service by service where they differ. */
export function describeGenericCall(call: Call, prefix: string, name: string): CallBody {
  if (prefix === "s3") return describeBucketCall(call, name);
  if (!readVerbs.test(name)) return describeChange(call, prefix, name);
  if (prefix === "ec2") return { request: describeEc2Read(name) };
  if (prefix === "iam") return { request: describeIamRead(call, name) };
  if (prefix === "rds") return { request: call.random.chance(0.5) ? null : { maxRecords: 100 } };
  if (prefix === "secretsmanager") {
    const { region, accountId, secrets } = call.place;
    return {
      request: {
        secretId: `arn:aws:secretsmanager:${region}:${accountId}:secret:${call.random.pick(secrets)}`,
      },
    };
  }
  if (prefix === "lambda" && !/^List(Layers|EventSource)|AccountSettings/.test(name)) {
    return { request: { functionName: call.random.pick(call.place.functions) } };
  }
  if (prefix === "elasticloadbalancing") return { request: { pageSize: 100 } };
  return { request: describeRead(call, name) };
}

function describeRead(call: Call, name: string): JsonObject | null {
  const { random, place } = call;
  if (/^(List|Search|View)/.test(name)) return random.chance(0.5) ? { maxResults: 100 } : null;
  if (name.startsWith("Describe")) return random.chance(0.5) ? null : { maxResults: 50 };
  return { [`${subjectOf(name)}Name`]: random.pick(place.stacks) };
}

function describeChange(call: Call, prefix: string, name: string): CallBody {
  const { random, place } = call;
  const subject = subjectOf(name);
  const id = `${random.pick(place.services)}-${random.hex(8)}`;
  const arn = `arn:aws:${prefix}:${place.region}:${place.accountId}:${subject}/${id}`;
  return {
    request: {
      [`${subject}Id`]: id,
      clientToken: random.uuid(),
      tags: { team: random.pick(["orders", "catalog", "billing"]) },
    },
    response: { [`${subject}Arn`]: arn, status: "IN_PROGRESS" },
  };
}

const newerEc2 =
  /Hosts|LaunchTemplate|NatGateways|TransitGateway|VpcEndpoint|Fleets|Ipams|PrefixList|CapacityReservations|SecurityGroupRules|IamInstanceProfile|EgressOnly|InstanceTypeOfferings|VpcPeering|VolumesModifications|EbsDefault|SerialConsole/;

/** EC2's older calls are written as sets, its newer ones whole under `<Name>Request`. */
function describeEc2Read(name: string): JsonObject {
  if (newerEc2.test(name)) return { [`${name}Request`]: { MaxResults: 100 } };
  const thing = subjectOf(name).replace(/ies$/, "y").replace(/s$/, "");
  return { [`${thing}Set`]: {}, filterSet: {} };
}

function describeIamRead({ random, place }: Call, name: string): JsonObject | null {
  if (/Role/.test(name)) return { roleName: random.pick(place.roles) };
  if (/Polic(y|ies)/.test(name) && !/User|Group|Context/.test(name)) {
    return {
      policyArn: `arn:aws:iam::${place.accountId}:policy/${random.pick(place.functions)}-access`,
    };
  }
  if (/User|SSH|Service(Specific)|Signing|LoginProfile/.test(name)) return { userName: random.pick(place.users) };
  if (/Group/.test(name)) return { groupName: "developers" };
  if (/Context/.test(name)) return { policySourceArn: roleArn(place.accountId, random.pick(place.roles)) };
  return null;
}

/** How S3 writes the sub-resource of a call. */
const subResources: Readonly<Record<string, string>> = {
  Cors: "cors",
  Website: "website",
  Replication: "replication",
  RequestPayment: "requestPayment",
  Notification: "notification",
  OwnershipControls: "ownershipControls",
  ObjectLockConfiguration: "object-lock",
  AccelerateConfiguration: "accelerate",
  IntelligentTieringConfiguration: "intelligent-tiering",
  InventoryConfiguration: "inventory",
  Versioning: "versioning",
  Lifecycle: "lifecycle",
  Encryption: "encryption",
  Logging: "logging",
};

function describeBucketCall(call: Call, name: string): CallBody {
  const subResource = subResources[name.replace(/^(Get|Put)(Bucket)?/, "")];
  if (subResource !== undefined) return onBucket(call, call.random.pick(call.place.buckets), { [subResource]: "" });
  const host = `${call.place.accountId}.s3-control.${call.place.region}.amazonaws.com`;
  return { request: { Host: host }, extra: transfer(call, 0, 700), host };
}

function subjectOf(name: string): string {
  const subject = name.replace(/^[A-Z][a-z]+/, "").replace(/\d{8}(v\d)?$/, "");
  return subject === "" ? "resource" : subject.charAt(0).toLowerCase() + subject.slice(1);
}
