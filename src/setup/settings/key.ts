import type { AwsClient } from "../../aws/index.ts";
import type { SetupAws } from "../setup-aws.ts";
import { readDocument } from "./answers.ts";
import { nameOf, type Place } from "./place.ts";
import { settingRequest, type SettingRequest, settingStays, unlessAbsent } from "./setting-request.ts";
import { type Change, defineSetting } from "./setting.ts";

/** Whether the key encrypts and decrypts, or waits to be deleted. */
export const keyStateSetting = defineSetting<"key-state">({
  name: "key-state",
  title: (place) => `the state of the key ${nameOf(place)}`,
  calls: {
    get: [{ action: "kms:DescribeKey", on: "key" }],
    put: [
      { action: "kms:DescribeKey", on: "key" },
      { action: "kms:EnableKey", on: "key" },
      { action: "kms:DisableKey", on: "key" },
      { action: "kms:CancelKeyDeletion", on: "key" },
    ],
  },
  get: readState,
  async put(place, { after }, aws) {
    const before = await readState(place, aws);
    if (before === after) return;
    const requests = stateRequests(place, { before, after });
    if (requests.length === 0) {
      throw settingStays(
        `The key ${nameOf(place)} is not made ${after ?? "to go away"}`,
        "Trailwarden enables and disables keys; to make or delete one is a person's decision",
      );
    }
    for (const request of requests) await request.send(aws);
  },
  commands: (place, change) => stateRequests(place, change).map((request) => request.command()),
});

async function readState(place: Place, aws: SetupAws): Promise<string | undefined> {
  const answer = await askKey(place, aws, (kms, key) => kms.call("DescribeKey", key));
  return answer?.KeyMetadata?.KeyState;
}

/** None for what is not done. A key that is no longer to be deleted is off (KMS API Reference, "CancelKeyDeletion"). */
function stateRequests(place: Place, { before, after }: Change<"key-state">): readonly SettingRequest[] {
  const key = { KeyId: place.arn };
  if (after !== "Enabled" && after !== "Disabled") return [];
  const cancel = before === "PendingDeletion" ? [settingRequest(place, "kms", "CancelKeyDeletion", key)] : [];
  if (after === "Enabled") return [...cancel, settingRequest(place, "kms", "EnableKey", key)];
  return cancel.length > 0 ? cancel : [settingRequest(place, "kms", "DisableKey", key)];
}

/** Who may use and change the key: CloudTrail's permission to encrypt is here. Every key has one. */
export const keyPolicySetting = defineSetting<"key-policy">({
  name: "key-policy",
  title: (place) => `the policy of the key ${nameOf(place)}`,
  calls: {
    get: [{ action: "kms:GetKeyPolicy", on: "key" }],
    put: [{ action: "kms:PutKeyPolicy", on: "key" }],
  },
  async get(place, aws) {
    const answer = await askKey(place, aws, (kms, key) => kms.call("GetKeyPolicy", { ...key, PolicyName: "default" }));
    return answer?.Policy === undefined
      ? undefined
      : readDocument({ service: "kms", operation: "GetKeyPolicy" }, answer.Policy);
  },
  async put(place, change, aws) {
    const [request] = policyRequests(place, change);
    if (request !== undefined) return request.send(aws);
    throw settingStays(`The policy of the key ${nameOf(place)} cannot be taken away`, "Every key has one; put another");
  },
  commands: (place, change) => policyRequests(place, change).map((request) => request.command()),
});

function policyRequests(place: Place, { after }: Change<"key-policy">): readonly SettingRequest[] {
  if (after === undefined) return [];
  const input = { KeyId: place.arn, PolicyName: "default", Policy: JSON.stringify(after) };
  return [settingRequest(place, "kms", "PutKeyPolicy", input)];
}

async function askKey<Answer>(
  place: Place,
  aws: SetupAws,
  ask: (kms: AwsClient<"kms">, key: { readonly KeyId: string }) => Promise<Answer>,
): Promise<Answer | undefined> {
  const kms = await aws.client("kms", place);
  return await unlessAbsent(["NotFoundException"], ask(kms, { KeyId: place.arn }));
}
