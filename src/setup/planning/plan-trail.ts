import { capital } from "../capital.ts";
import { keyStatements } from "../policies/statements.ts";
import { nameOf } from "../settings/place.ts";
import type { TrailValue } from "../settings/values.ts";
import type { PlanInput, PlanParts } from "./plan-collection.ts";
import { planPolicy } from "./plan-policy.ts";
import { wantedKinds } from "./wanted-kinds.ts";

/** The trail itself, last: whatever it names is there by then. */
export function planTrail(input: PlanInput, parts: PlanParts): void {
  const { trail } = input.wiring.places;
  if (trail === undefined) return;
  if (input.chosen.trail === undefined) makeTrail(input, parts);
  else mendTrail(input, input.chosen.trail, parts);
}

function makeTrail(input: PlanInput, parts: PlanParts): void {
  const { wiring, wish } = input;
  const { list } = parts;
  const { trail, bucket, topic } = wiring.places;
  if (trail === undefined || bucket === undefined || topic === undefined) return;
  if (wish.forOrganization) planOrganization(input, parts);
  planKey(input, parts);
  const value: TrailValue = {
    bucket: nameOf(bucket),
    prefix: "",
    topicArn: topic.arn,
    isMultiRegion: true,
    isOrganization: wish.forOrganization,
    hasGlobalEvents: true,
    validatesLogFiles: true,
    keyArn: wish.keyArn,
    logGroupArn: "",
    logRoleArn: "",
  };
  const name = nameOf(trail);
  list.set("trail", value, {
    what: `Make the trail ${name}${wish.forOrganization ? " for the whole organization" : ""}, in all regions, with log file validation`,
    why: "Management events of every region are recorded, and can be proven",
    cost: wish.allowsPaidCopy
      ? "2.00 USD for every 100,000 management events that another trail records already"
      : "Nothing for the first copy of management events",
    undo: "The trail is deleted; its log files stay",
  });
  start(list, name);
}

/** What an organization's trail needs beside the trail. */
function planOrganization({ account }: PlanInput, { list, obstacles, notes }: PlanParts): void {
  if (account.organization?.mayManageTrails !== true) {
    obstacles.push({
      sentence: `Account ${account.accountId} may not make an organization's trail`,
      help: "Put the management account under care, or an account that it made CloudTrail's delegated administrator",
    });
  }
  notes.push(
    "An organization's trail needs the service-linked role AWSServiceRoleForCloudTrail, which Trailwarden never makes: where it is missing, aws iam create-service-linked-role --aws-service-name cloudtrail.amazonaws.com makes it",
  );
  list.set("organization-access", true, {
    what: "Let CloudTrail act in the organization",
    why: "An organization's trail needs trusted access for cloudtrail.amazonaws.com",
    undo: "Trusted access is taken away again",
  });
}

/** The key that a new trail is to use: CloudTrail may have to be let. */
function planKey(input: PlanInput, parts: PlanParts): void {
  const { places, values } = input.wiring;
  const { key, trail } = places;
  if (key === undefined || trail === undefined) return;
  if (values["key-state"] !== "Enabled") {
    const is = values["key-state"] === undefined ? "is not there" : `is in the state ${values["key-state"]}`;
    parts.obstacles.push({
      sentence: `The key ${key.arn} ${is}`,
      help: "Name a key that is enabled, in the bucket's region",
    });
    return;
  }
  planPolicy(
    "key",
    {
      statements: keyStatements({ trailArns: [trail.arn] }),
      what: `Let CloudTrail encrypt with the key ${nameOf(key)}, for this trail only`,
      why: "Without it AWS refuses to make the trail; what else the policy says stays",
      cost: "KMS: each log file that is read is a call, 0.03 USD for 10,000",
    },
    input,
    parts,
  );
}

function mendTrail(
  { wiring, ownAccountIds, account }: PlanInput,
  found: NonNullable<PlanInput["chosen"]["trail"]>,
  { list, notes, obstacles }: PlanParts,
): void {
  const { topic } = wiring.places;
  const now = wiring.values.trail;
  if (topic === undefined || now === undefined) return;
  const wanted: TrailValue = {
    ...now,
    topicArn: now.topicArn === "" ? topic.arn : now.topicArn,
    isMultiRegion: true,
    hasGlobalEvents: true,
    validatesLogFiles: true,
  };
  const changes = whatChanges(now, wanted);
  // An administrator by delegation changes the organization's trails as the management account does.
  const isManaged = found.value.isOrganization && account.organization?.mayManageTrails === true;
  const isOurs = ownAccountIds.includes(found.ownerAccountId) || isManaged;
  if (!isOurs && (changes.length > 0 || found.isLogging === false)) {
    obstacles.push({
      sentence: `The trail ${found.name} belongs to account ${found.ownerAccountId}, which alone can ${[...changes, ...(found.isLogging === false ? ["start it"] : [])].join(", ")}`,
      help: `Put account ${found.ownerAccountId} under care`,
    });
    return;
  }
  noteSelectors(found, notes);
  if (changes.length > 0) {
    list.set("trail", wanted, {
      what: `Change the trail ${found.name}: ${changes.join(", ")}`,
      why: reasonsFor(now),
      cost: now.isMultiRegion ? "Nothing" : costOfRegions(account, found),
    });
  }
  if (found.isLogging === false) start(list, found.name);
}

function whatChanges(now: TrailValue, wanted: TrailValue): readonly string[] {
  return [
    ...(now.validatesLogFiles ? [] : ["switch log file validation on"]),
    ...(now.topicArn === wanted.topicArn
      ? []
      : [`announce its log files in the topic ${nameOf({ arn: wanted.topicArn })}`]),
    ...(now.isMultiRegion ? [] : ["record all regions"]),
    ...(now.hasGlobalEvents ? [] : ["record events of global services"]),
  ];
}

function reasonsFor(now: TrailValue): string {
  const reasons = [
    ...(now.validatesLogFiles ? [] : ["without validation no log file can be proven genuine"]),
    ...(now.topicArn === "" ? ["without a topic log files are only found by listing"] : []),
    ...(now.isMultiRegion ? [] : ["what happens in other regions is not recorded"]),
    ...(now.hasGlobalEvents || !now.isMultiRegion ? [] : ["IAM's events are not recorded"]),
  ];
  return capital(reasons.join("; "));
}

/** A region that another trail records already gets a second, paid copy. */
function costOfRegions(account: AccountOf, found: { readonly arn: string }): string {
  const regions = account.trails
    .filter((one) => one.arn !== found.arn && one.isLogging !== false)
    .map((one) => one.homeRegion);
  if (regions.length === 0) return "Nothing: it is the first copy of management events in every region";
  return `2.00 USD for every 100,000 management events in ${[...new Set(regions)].join(", ")}, where another trail records them already`;
}

type AccountOf = PlanInput["account"];

function start(list: PlanParts["list"], name: string): void {
  list.set("trail-logging", true, {
    what: `Start logging of the trail ${name}`,
    why: "A trail that is made, or was stopped, records nothing until it is started",
    undo: "Logging is stopped again",
  });
}

function noteSelectors(found: NonNullable<PlanInput["chosen"]["trail"]>, notes: string[]): void {
  const { hasReads, hasWrites, hasAllManagement } = wantedKinds(found.selectors);
  if (hasAllManagement) return;
  const lacks = [
    ...(hasReads ? [] : ["reads"]),
    ...(hasWrites ? [] : ["changes"]),
    ...(hasReads && hasWrites ? ["some services' management events"] : []),
  ].join(" and ");
  notes.push(
    `The trail ${found.name} leaves out ${lacks}: what it does not record cannot be searched; its selectors are left as they are`,
  );
}
