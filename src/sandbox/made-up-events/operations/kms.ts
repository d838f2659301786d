import { formatClock, type JsonObject } from "../record.ts";
import { arnIn, inService, type Call, type CallBody, type Operation } from "./operation.ts";

const kms = inService({ prefix: "kms", version: "1.11" });

/** KMS calls: most are the noise that encrypted storage makes. */
export const kmsOperations: readonly Operation[] = [
  kms.reads("Decrypt", (call) =>
    onKey(call, { encryptionContext: contextOf(call), encryptionAlgorithm: "SYMMETRIC_DEFAULT" }),
  ),
  kms.reads("GenerateDataKey", (call) => {
    const key = call.random.pick(call.place.keys);
    return onKey(call, { encryptionContext: contextOf(call), keySpec: "AES_256", keyId: keyArn(call, key) }, key);
  }),
  kms.reads("Encrypt", (call) => {
    const key = call.random.pick(call.place.keys);
    return onKey(call, { keyId: keyArn(call, key), encryptionAlgorithm: "SYMMETRIC_DEFAULT" }, key);
  }),
  kms.reads("DescribeKey", (call) => {
    const key = call.random.pick(call.place.keys);
    return onKey(call, { keyId: key }, key);
  }),
  kms.reads("ListKeys", () => ({ request: { limit: 1000 } })),
  kms.reads("ListAliases", () => ({ request: { limit: 100 } })),
  kms.reads("GetKeyRotationStatus", (call) => {
    const key = call.random.pick(call.place.keys);
    return onKey(call, { keyId: key }, key);
  }),
  kms.reads("GetKeyPolicy", (call) => {
    const key = call.random.pick(call.place.keys);
    return onKey(call, { keyId: key, policyName: "default" }, key);
  }),
  kms.writes("CreateGrant", (call) => {
    const key = call.random.pick(call.place.keys);
    return onKey(
      call,
      {
        granteePrincipal: `autoscaling.${call.place.region}.amazonaws.com`,
        retiringPrincipal: `ec2.${call.place.region}.amazonaws.com`,
        operations: ["Decrypt", "GenerateDataKeyWithoutPlaintext", "ReEncryptFrom", "ReEncryptTo", "CreateGrant"],
        constraints: {
          encryptionContextSubset: { "aws:ebs:id": call.random.pick(call.place.volumes) },
        },
        keyId: keyArn(call, key),
      },
      key,
      { grantId: call.random.hex(64), keyId: keyArn(call, key) },
    );
  }),
  kms.writes("EnableKeyRotation", (call) => {
    const key = call.random.pick(call.place.keys);
    return onKey(call, { keyId: key }, key, { keyId: keyArn(call, key) });
  }),
  kms.writes("ScheduleKeyDeletion", (call) => scheduleKeyDeletion(call, call.random.pick(call.place.keys), 30)),
  kms.writes("CancelKeyDeletion", (call) => {
    const key = call.random.pick(call.place.keys);
    return onKey(call, { keyId: key }, key, { keyId: keyArn(call, key) });
  }),
  kms.writes("DisableKey", (call) => {
    const key = call.random.pick(call.place.keys);
    return onKey(call, { keyId: key }, key, { keyId: keyArn(call, key) });
  }),
];

/** Puts the deletion of a key into the calendar. */
export function scheduleKeyDeletion(call: Call, key: string, days: number): CallBody {
  return onKey(call, { keyId: key, pendingWindowInDays: days }, key, {
    keyId: keyArn(call, key),
    deletionDate: formatClock(call.at + days * 86_400_000),
    keyState: "PendingDeletion",
    pendingWindowInDays: days,
  });
}

function onKey(
  call: Call,
  request: JsonObject,
  key = call.random.pick(call.place.keys),
  response?: JsonObject,
): CallBody {
  return {
    request,
    ...(response === undefined ? {} : { response }),
    resources: [{ accountId: call.place.accountId, type: "AWS::KMS::Key", ARN: keyArn(call, key) }],
  };
}

function keyArn(call: Call, key: string): string {
  return arnIn(call, "kms", `key/${key}`);
}

function contextOf(call: Call): JsonObject {
  const { random, place } = call;
  const kind = random.int(4);
  if (kind === 0) return { "aws:s3:arn": `arn:aws:s3:::${random.pick(place.buckets)}` };
  if (kind === 1) return { PARAMETER_ARN: arnIn(call, "ssm", `parameter${random.pick(place.parameters)}`) };
  if (kind === 2) {
    return {
      SecretARN: arnIn(call, "secretsmanager", `secret:${random.pick(place.secrets)}`),
      SecretVersionId: random.uuid(),
    };
  }
  return {
    "aws:lambda:FunctionArn": arnIn(call, "lambda", `function:${random.pick(place.functions)}`),
  };
}
