import type { InputOf, OutputOf } from "../../aws/index.ts";
import { absentCodes, takenCodes, unlessTaken } from "./answers.ts";
import { nameOf, type Place } from "./place.ts";
import { type SettingRequest, settingRequest, unlessAbsent } from "./setting-request.ts";
import { type Change, defineSetting } from "./setting.ts";
import type { TrailValue } from "./values.ts";

type AwsTrail = NonNullable<OutputOf<"cloudtrail", "GetTrail">["Trail"]>;

/** The trail itself: where its files go, and what it covers. */
export const trailSetting = defineSetting({
  name: "trail",
  title: (place) => `the trail ${nameOf(place)}`,
  calls: {
    get: [{ action: "cloudtrail:GetTrail", on: "trail" }],
    put: [
      { action: "cloudtrail:CreateTrail", on: "trail" },
      { action: "cloudtrail:UpdateTrail", on: "trail" },
      { action: "cloudtrail:DeleteTrail", on: "trail" },
    ],
  },
  async get(place, aws) {
    const client = await aws.client("cloudtrail", place);
    const answer = await unlessAbsent(absentCodes.trail, client.call("GetTrail", { Name: place.arn }));
    return answer?.Trail === undefined ? undefined : trailValueOf(answer.Trail);
  },
  async put(place, { before, after }, aws) {
    if (after === undefined) return unlessAbsent(absentCodes.trail, deletion(place).send(aws));
    if (before === undefined && (await unlessTaken(takenCodes.trail, creation(place, after).send(aws)))) return;
    await update(place, { before, after })?.send(aws);
  },
  commands(place, { before, after }) {
    if (after === undefined) return [deletion(place).command()];
    const request = before === undefined ? creation(place, after) : update(place, { before, after });
    return request === undefined ? [] : [request.command()];
  },
});

function creation(place: Place, after: TrailValue): SettingRequest {
  const given = Object.entries(membersOf(after)).filter(([, member]) => member !== "");
  const members = { ...(Object.fromEntries(given) as Partial<Members>), S3BucketName: after.bucket };
  return settingRequest(place, "cloudtrail", "CreateTrail", { Name: nameOf(place), ...members });
}

function deletion(place: Place): SettingRequest {
  return settingRequest(place, "cloudtrail", "DeleteTrail", { Name: place.arn });
}

/** Sets what differs; all of it for a trail that was not expected to be there. */
function update(place: Place, { before, after }: Change<"trail"> & { readonly after: TrailValue }) {
  const is = membersOf(after);
  const was = before === undefined ? undefined : membersOf(before);
  const differs = (name: keyof Members | undefined) => name !== undefined && was?.[name] !== is[name];
  const names = (Object.keys(is) as (keyof Members)[]).filter((name) => differs(name) || differs(companions[name]));
  if (names.length === 0) return undefined;
  const members = Object.fromEntries(names.map((name) => [name, is[name]])) as Partial<Members>;
  return settingRequest(place, "cloudtrail", "UpdateTrail", { Name: place.arn, ...members });
}

/** A trail as `GetTrail` and `DescribeTrails` tell it. */
export function trailValueOf(trail: AwsTrail): TrailValue {
  return {
    bucket: trail.S3BucketName ?? "",
    prefix: (trail.S3KeyPrefix ?? "").replace(/^\/+|\/+$/g, ""),
    topicArn: trail.SnsTopicARN ?? "",
    isMultiRegion: trail.IsMultiRegionTrail === true,
    isOrganization: trail.IsOrganizationTrail === true,
    hasGlobalEvents: trail.IncludeGlobalServiceEvents === true,
    validatesLogFiles: trail.LogFileValidationEnabled === true,
    keyArn: trail.KmsKeyId ?? "",
    logGroupArn: trail.CloudWatchLogsLogGroupArn ?? "",
    logRoleArn: trail.CloudWatchLogsRoleArn ?? "",
  };
}

/** What `CreateTrail` and `UpdateTrail` take, by their names; an empty text takes away. */
function membersOf(value: TrailValue) {
  return {
    S3BucketName: value.bucket,
    S3KeyPrefix: value.prefix,
    SnsTopicName: value.topicArn,
    IncludeGlobalServiceEvents: value.hasGlobalEvents,
    IsMultiRegionTrail: value.isMultiRegion,
    IsOrganizationTrail: value.isOrganization,
    EnableLogFileValidation: value.validatesLogFiles,
    KmsKeyId: value.keyArn,
    CloudWatchLogsLogGroupArn: value.logGroupArn,
    CloudWatchLogsRoleArn: value.logRoleArn,
  } satisfies Omit<InputOf<"cloudtrail", "UpdateTrail">, "Name">;
}

type Members = ReturnType<typeof membersOf>;

/** Members that go together, whichever of them changes: left out, global events follow the regions by themselves. */
const companions: Readonly<Partial<Record<keyof Members, keyof Members>>> = {
  IncludeGlobalServiceEvents: "IsMultiRegionTrail",
  CloudWatchLogsLogGroupArn: "CloudWatchLogsRoleArn",
  CloudWatchLogsRoleArn: "CloudWatchLogsLogGroupArn",
};
