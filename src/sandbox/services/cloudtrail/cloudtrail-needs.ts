import { type OperationName } from "../../../aws/index.ts";
import { type Call, type Need } from "../../service.ts";

type Name = OperationName<"cloudtrail">;

/** Which member names the thing that an operation is about, and what kind of thing it is. */
interface Subject {
  readonly member: string;
  readonly kind: "trail" | "eventdatastore" | "channel" | "any";
}

const trail = (member: string): Subject => ({ member, kind: "trail" });
const store: Subject = { member: "EventDataStore", kind: "eventdatastore" };
const channel: Subject = { member: "Channel", kind: "channel" };
const thing = (member: string): Subject => ({ member, kind: "any" });

/** Operations on one thing (Service Authorization Reference, "AWS CloudTrail"); the others need `*`. */
const subjects: { readonly [N in Name]?: Subject } = {
  CreateTrail: trail("Name"),
  UpdateTrail: trail("Name"),
  DeleteTrail: trail("Name"),
  GetTrail: trail("Name"),
  GetTrailStatus: trail("Name"),
  StartLogging: trail("Name"),
  StopLogging: trail("Name"),
  PutEventSelectors: trail("TrailName"),
  GetEventSelectors: trail("TrailName"),
  UpdateEventDataStore: store,
  GetEventDataStore: store,
  DeleteEventDataStore: store,
  RestoreEventDataStore: store,
  StartEventDataStoreIngestion: store,
  StopEventDataStoreIngestion: store,
  UpdateChannel: channel,
  GetChannel: channel,
  DeleteChannel: channel,
  AddTags: thing("ResourceId"),
  RemoveTags: thing("ResourceId"),
  PutResourcePolicy: thing("ResourceArn"),
  GetResourcePolicy: thing("ResourceArn"),
  DeleteResourcePolicy: thing("ResourceArn"),
};

/** Those that are about a trail or about a store, as the input says. */
const eitherWay: ReadonlySet<string> = new Set([
  "PutInsightSelectors",
  "GetInsightSelectors",
  "PutEventConfiguration",
  "GetEventConfiguration",
]);

/** What a caller has to be allowed for an operation of CloudTrail's. */
export function cloudTrailNeeds(
  operation: Name,
  input: object,
  call: Call,
  policyOf: (arn: string) => string | undefined,
): readonly Need[] {
  const members = new Map<string, unknown>(Object.entries(input));
  const action = `cloudtrail:${operation}`;
  if (operation === "ListTags") return resourcesOf(members, call).map((resource) => ({ action, resource }));
  const subject = eitherWay.has(operation)
    ? members.get("EventDataStore") === undefined
      ? trail("TrailName")
      : store
    : subjects[operation];
  const resource =
    subject === undefined ? newThing(operation, call) : arnOf(members.get(subject.member), subject, call);
  if (operation === "GetEventDataStore") return [{ action, resource, ...ofAnother(resource, call, policyOf) }];
  return [{ action, resource }, ...tagNeeds(members, operation, resource), ...roleNeeds(members, operation)];
}

/** A store may be another account's; then its policy has to allow it as well. */
function ofAnother(resource: string, call: Call, policyOf: (arn: string) => string | undefined): Partial<Need> {
  const ownerId = resource.split(":")[4] ?? "";
  const isAnothers = /^\d{12}$/.test(ownerId) && ownerId !== call.accountId;
  return { resourcePolicy: policyOf(resource), ...(isAnothers ? { ownerId } : {}) };
}

/** What is about to be made has no name yet; every thing of its kind stands for it. */
function newThing(operation: Name, call: Call): string {
  if (operation === "CreateEventDataStore") return arn(call, "eventdatastore", "*");
  return operation === "CreateChannel" ? arn(call, "channel", "*") : "*";
}

/** Tags given at once need the permission to tag (Service Authorization Reference). */
function tagNeeds(members: ReadonlyMap<string, unknown>, operation: Name, resource: string): readonly Need[] {
  const given = operation.startsWith("Create") ? (members.get("TagsList") ?? members.get("Tags")) : undefined;
  return Array.isArray(given) && given.length > 0 ? [{ action: "cloudtrail:AddTags", resource }] : [];
}

/** Who gives CloudTrail a role must be allowed to pass it (User Guide, "Granting permissions for CloudTrail"). */
function roleNeeds(members: ReadonlyMap<string, unknown>, operation: Name): readonly Need[] {
  const role = members.get("CloudWatchLogsRoleArn");
  if (operation !== "CreateTrail" && operation !== "UpdateTrail") return [];
  if (typeof role !== "string" || role === "") return [];
  const context = { "iam:PassedToService": "cloudtrail.amazonaws.com" };
  return [{ action: "iam:PassRole", resource: role, context }];
}

function resourcesOf(members: ReadonlyMap<string, unknown>, call: Call): readonly string[] {
  const ids: unknown = members.get("ResourceIdList");
  const found = Array.isArray(ids)
    ? ids.slice(0, 20).map((id: unknown) => arnOf(id, thing("ResourceIdList"), call))
    : [];
  return found.length === 0 ? ["*"] : found;
}

/** What is named neither by an ARN nor by a fitting name is refused by the operation itself. */
function arnOf(given: unknown, { kind }: Subject, call: Call): string {
  if (typeof given !== "string" || given === "" || given.includes("*") || given.includes("?")) return "*";
  if (given.startsWith("arn:")) return given;
  return kind === "any" ? "*" : arn(call, kind, given);
}

function arn(call: Call, kind: Exclude<Subject["kind"], "any">, id: string): string {
  const { region } = call;
  const partition = region.startsWith("cn-") ? "aws-cn" : region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
  return `arn:${partition}:cloudtrail:${region}:${call.accountId}:${kind}/${id}`;
}
