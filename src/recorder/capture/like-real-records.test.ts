import assert from "node:assert/strict";
import { test } from "node:test";

import { type AwsOperation, isServiceName, loadOperations, type Member, type Shape } from "../../aws/index.ts";
import { type CloudTrailRecord, type JsonObject } from "../../cloudtrail/index.ts";
import { describeCall } from "./describe-call.ts";
import { type CallNote, type EndedCall } from "./ended-call.ts";
import { eventNameOf } from "./event-names.ts";
import { setName } from "./print-ec2.ts";
import { lowerFirst } from "./print-members.ts";
import { hasRealRecords, realRecords } from "./real-records.fixture.ts";
import { recordOf } from "./record-of.ts";

const without = hasRealRecords ? false : "There are no real records on this machine";

test(
  "records have the fields, with the types, that AWS's records of the same calls have",
  { skip: without },
  async (t) => {
    const kinds = new Map<string, { count: number; differences: ReadonlySet<string> }>();
    for (const record of realRecords()) {
      const ended = await endedCallOf(record);
      if (ended === undefined) continue;
      const made = JSON.parse(recordOf(describeCall(ended), ended.accountId, { eventId: "id" })) as CloudTrailRecord;
      const differences = differencesOf(made, record);
      const kind = [record.eventSource, record.eventName, record.errorCode, ...differences].join(" ");
      kinds.set(kind, { count: (kinds.get(kind)?.count ?? 0) + 1, differences });
    }
    const all = [...kinds.values()];
    const same = all.filter(({ differences }) => differences.size === 0);
    const count = (some: typeof all) => some.reduce((sum, one) => sum + one.count, 0);
    t.diagnostic(`${count(same)} of ${count(all)} records, ${same.length} of ${all.length} kinds of them are alike`);
    for (const [kind, { count: times, differences }] of kinds)
      if (differences.size > 0) t.diagnostic(`${times} ${kind}`);
    assert.ok(count(same) / count(all) >= 0.95);
    assert.ok(same.length / all.length >= 0.95);
  },
);

/** The call that a record tells of, its input and output read back by the operation's shapes. */
async function endedCallOf(record: CloudTrailRecord): Promise<EndedCall | undefined> {
  const name = record.eventSource?.split(".")[0] ?? "";
  if (!isServiceName(name) || record.eventType !== "AwsApiCall") return undefined;
  const service = await loadOperations(name);
  const isSecond = record.requestParameters?.["list-type"] === "2";
  const operation = [...service.operations.values()].findLast(
    (one) => eventNameOf(name, one.name) === record.eventName && (one.name !== "ListObjectsV2" || isSecond),
  );
  // Records of versions before 1.05, and of what the console alone calls, are of another time or place.
  if (operation === undefined || record.readOnly === undefined) return undefined;
  const errorMessage = record.errorMessage ?? messageIn(record);
  return {
    operation,
    input: inputOf(operation, record.requestParameters ?? {}),
    ...(record.errorCode === undefined
      ? { output: outputOf(operation, record) }
      : { error: { code: record.errorCode, message: errorMessage } }),
    at: Date.parse(record.eventTime ?? ""),
    accountId: record.recipientAccountId ?? "",
    region: record.awsRegion ?? "",
    identity: record.userIdentity ?? {},
    sourceIp: record.sourceIPAddress ?? "",
    userAgent: record.userAgent ?? "",
    requestId: record.requestID ?? "",
    ...(record.tlsDetails && { tlsDetails: { tlsVersion: "", cipherSuite: "", clientProvidedHostHeader: "" } }),
    ...(name === "s3" && { host: "" }),
    notes: [notesOf(name, record)],
  };
}

function inputOf({ input, name, http, service }: AwsOperation, parameters: JsonObject): object {
  if (service.name === "ec2") {
    if (name === "RunInstances") {
      const [instance = {}] = (parameters["instancesSet"] as { readonly items?: readonly object[] }).items ?? [];
      return readBackEc2(input, { ...parameters, ...instance }, false) as object;
    }
    const newer = parameters[`${name}Request`];
    return readBackEc2(input, newer === undefined || newer === "" ? parameters : newer, newer !== undefined) ?? {};
  }
  if (service.name !== "s3") return readBack(input, parameters) ?? {};
  const { query, headers } = input.bindings;
  const bound = [...query, ...headers].filter(({ wireName }) => !http?.query.some(([mark]) => mark === wireName));
  return Object.fromEntries(
    [["Bucket", "bucketName"], ["Key", "key"], ...bound.map(({ member, wireName }) => [member.name, wireName])].flatMap(
      ([member = "", said = ""]) => (parameters[said] === undefined ? [] : [[member, parameters[said]]]),
    ),
  );
}

function readBackEc2(shape: Shape, value: unknown, isNewer: boolean): unknown {
  if (shape.kind === "timestamp") return new Date(Number(value));
  if (shape.kind === "list") {
    const items = isNewer || Array.isArray(value) ? [value].flat() : ((value as { items?: unknown[] }).items ?? []);
    const isPlain = shape.item.shape.kind !== "structure";
    return items.map((one) => {
      const plain = typeof one === "object" && one !== null && "content" in one ? one.content : undefined;
      const inner = isPlain && typeof one === "object" && one !== null ? (plain ?? Object.values(one)[0]) : one;
      return readBackEc2(shape.item.shape, inner, isNewer);
    });
  }
  if (shape.kind !== "structure" || typeof value !== "object" || value === null) return value;
  const fields = new Map<string, unknown>(Object.entries(value));
  return Object.fromEntries(
    shape.members.flatMap((member) => {
      const names = isNewer
        ? [member.xmlName ?? member.name, member.name]
        : [setName(member), member.xmlName ?? "", lowerFirst(member.name), otherNames[member.name] ?? ""];
      const said = names.map((name) => fields.get(name)).find((one) => one !== undefined);
      return said === undefined ? [] : [[member.name, readBackEc2(member.shape, said, isNewer)]];
    }),
  );
}

const otherNames: Readonly<Record<string, string>> = {
  Attribute: "attributeType",
  AvailabilityZone: "zone",
  Return: "_return",
};

/** What only the services themselves can know of the call. */
function notesOf(name: string, { resources, additionalEventData, responseElements }: CloudTrailRecord): CallNote {
  if (name !== "s3" && name !== "kms") return {};
  return {
    ...(resources && { resources: resources.map((one) => ({ ARN: "", isPrefix: "ARNPrefix" in one, ...one })) }),
    ...(additionalEventData && { additionalEventData }),
    ...(name === "s3" && responseElements !== undefined && { responseElements }),
  };
}

function outputOf(operation: AwsOperation, record: CloudTrailRecord): object {
  if (operation.service.name === "ec2") {
    return readBackEc2(operation.output, record.responseElements ?? {}, false) ?? {};
  }
  return readBack(operation.output, record.responseElements ?? {}) ?? {};
}

function messageIn({ responseElements }: CloudTrailRecord): string {
  const message = responseElements?.["message"];
  return typeof message === "string" ? message : "";
}

function readBack(shape: Shape, value: unknown): unknown {
  if (shape.kind === "timestamp") return new Date(String(value).replaceAll(/[,\u202f]/g, " "));
  if (shape.kind === "list")
    return Array.isArray(value) ? value.map((one) => readBack(shape.item.shape, one)) : undefined;
  if (shape.kind !== "structure" || typeof value !== "object" || value === null) return value;
  const members = shape.members.map(
    (member: Member) => [member, value[lowerFirst(member.name) as keyof typeof value]] as const,
  );
  return Object.fromEntries(
    members.flatMap(([{ name, shape: inner }, said]) => (said === undefined ? [] : [[name, readBack(inner, said)]])),
  );
}

/** Fields that say something of the time, the place or the caller and not of the call. */
const aside =
  /^(?:userIdentity|tlsDetails|sharedEventID|vpcEndpoint|sessionCredentialFromConsole|eventCategory|managementEvent|addendum)/;

function differencesOf(made: CloudTrailRecord, real: CloudTrailRecord): ReadonlySet<string> {
  const ours = pathsOf(made);
  const theirs = pathsOf(real);
  const differences = [...ours, ...theirs].filter((path) => ours.has(path) !== theirs.has(path) && !aside.test(path));
  if (made.readOnly !== real.readOnly) differences.push("readOnly");
  if (made.eventName !== real.eventName) differences.push("eventName");
  return new Set(differences);
}

function pathsOf(value: unknown, path = "", found = new Set<string>()): ReadonlySet<string> {
  if (Array.isArray(value)) for (const one of value) pathsOf(one, `${path}[]`, found);
  else if (typeof value === "object" && value !== null) {
    for (const [key, inner] of Object.entries(value)) pathsOf(inner, path === "" ? key : `${path}.${key}`, found);
  } else found.add(`${path}:${value === null ? "null" : typeof value}`);
  return found;
}
