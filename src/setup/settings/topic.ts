import type { SetupAws } from "../setup-aws.ts";
import { absentCodes, readDocument } from "./answers.ts";
import { nameOf, type Place } from "./place.ts";
import { type SettingRequest, settingRequest, unlessAbsent } from "./setting-request.ts";
import { defineSetting } from "./setting.ts";

const readCalls = [{ action: "sns:GetTopicAttributes", on: "topic" }] as const;
const writeCalls = [{ action: "sns:SetTopicAttributes", on: "topic" }] as const;

/** The topic that tells of new log files. */
export const topicSetting = defineSetting({
  name: "topic",
  title: (place) => `the topic ${nameOf(place)}`,
  calls: {
    get: readCalls,
    put: [
      { action: "sns:CreateTopic", on: "topic" },
      { action: "sns:DeleteTopic", on: "topic" },
    ],
  },
  get: async (place, aws) => ((await attributesOf(place, aws)) === undefined ? undefined : true),
  // Both do nothing when it is so already (SNS API Reference).
  put: (place, { after }, aws) => (after === undefined ? deletion(place) : creation(place)).send(aws),
  commands: (place, { after }) => [(after === undefined ? deletion(place) : creation(place)).command()],
});

function creation(place: Place): SettingRequest {
  return settingRequest(place, "sns", "CreateTopic", { Name: nameOf(place) });
}

function deletion(place: Place): SettingRequest {
  return settingRequest(place, "sns", "DeleteTopic", { TopicArn: place.arn });
}

/** Who may publish. Every topic has a policy, from its first moment on: it goes when its topic does, and not before. */
export const topicPolicySetting = defineSetting({
  name: "topic-policy",
  title: (place) => `the policy of the topic ${nameOf(place)}`,
  calls: { get: readCalls, put: writeCalls },
  async get(place, aws) {
    const policy = (await attributesOf(place, aws))?.["Policy"] ?? "";
    return policy === "" ? undefined : readDocument({ service: "sns", operation: "GetTopicAttributes" }, policy);
  },
  async put(place, { after }, aws) {
    if (after !== undefined) await attribute(place, "Policy", JSON.stringify(after)).send(aws);
  },
  commands: (place, { after }) =>
    after === undefined ? [] : [attribute(place, "Policy", JSON.stringify(after)).command()],
});

/** The KMS key that a topic encrypts its messages with. */
export const topicKeySetting = defineSetting({
  name: "topic-key",
  title: (place) => `the key of the topic ${nameOf(place)}`,
  calls: { get: readCalls, put: writeCalls },
  async get(place, aws) {
    const keyId = (await attributesOf(place, aws))?.["KmsMasterKeyId"] ?? "";
    return keyId === "" ? undefined : keyId;
  },
  async put(place, { after }, aws) {
    const done = attribute(place, "KmsMasterKeyId", after ?? "").send(aws);
    await (after === undefined ? unlessAbsent(absentCodes.topic, done) : done);
  },
  commands: (place, { after }) => [attribute(place, "KmsMasterKeyId", after ?? "").command()],
});

async function attributesOf(place: Place, aws: SetupAws): Promise<Readonly<Record<string, string>> | undefined> {
  const client = await aws.client("sns", place);
  const answer = await unlessAbsent(absentCodes.topic, client.call("GetTopicAttributes", { TopicArn: place.arn }));
  return answer === undefined ? undefined : (answer.Attributes ?? {});
}

function attribute(place: Place, name: string, value: string): SettingRequest {
  const input = { TopicArn: place.arn, AttributeName: name, AttributeValue: value };
  return settingRequest(place, "sns", "SetTopicAttributes", input);
}
