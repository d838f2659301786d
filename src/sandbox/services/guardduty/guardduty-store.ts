import { AwsError } from "../../../aws/index.ts";
import { type Collection, keyOf } from "../../../base/lasting.ts";
import { type JsonObject } from "../../../cloudtrail/index.ts";
import { type Call, type Need } from "../../service.ts";
import { type World } from "../../world.ts";
import { type FindingCriteria } from "./criteria.ts";

export type Frequency = "FIFTEEN_MINUTES" | "ONE_HOUR" | "SIX_HOURS";

/** GuardDuty in an account and region: there is at most one. */
export interface Detector {
  readonly id: string;
  readonly accountId: string;
  readonly region: string;
  readonly isEnabled: boolean;
  readonly frequency: Frequency;
  readonly features: Readonly<Record<string, FeatureState>>;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly tags: Readonly<Record<string, string>>;
}

export interface FeatureState {
  readonly isEnabled: boolean;
  readonly updatedAt: number;
  readonly additional: Readonly<Record<string, { readonly isEnabled: boolean; readonly updatedAt: number }>>;
}

/** A finding as it is told, with what is known of its way to EventBridge. */
export interface StoredFinding {
  readonly detectorId: string;
  /** Member names as in events: `accountId`, `service.count`. */
  readonly finding: JsonObject;
  readonly isSuppressed: boolean;
  readonly publishedAt?: number;
  /** Whether it has changed since it was published. */
  readonly hasNews: boolean;
}

export interface Filter {
  readonly detectorId: string;
  readonly name: string;
  readonly description?: string;
  readonly action: "NOOP" | "ARCHIVE";
  readonly rank: number;
  readonly criteria: FindingCriteria;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly version: number;
  readonly tags: Readonly<Record<string, string>>;
}

/** An account that another looks after. */
export interface Member {
  readonly administratorId: string;
  readonly region: string;
  readonly accountId: string;
  readonly email: string;
  readonly status: "Created" | "Invited" | "Enabled" | "Disabled" | "Removed" | "Resigned";
  readonly invitationId?: string;
  readonly invitedAt?: number;
  readonly updatedAt: number;
}

export interface Destination {
  readonly id: string;
  readonly detectorId: string;
  readonly bucketArn: string;
  readonly keyArn: string;
  readonly status: "PENDING_VERIFICATION" | "PUBLISHING" | "UNABLE_TO_PUBLISH_FIX_DESTINATION_PROPERTY";
  readonly failingSince?: number;
  readonly tags: Readonly<Record<string, string>>;
}

/** What GuardDuty keeps. */
export interface GuardDutyStore {
  readonly world: World;
  readonly detectors: Collection<Detector>;
  readonly findings: Collection<StoredFinding>;
  readonly filters: Collection<Filter>;
  /** By administrator, region and member. */
  readonly members: Collection<Member>;
  readonly destinations: Collection<Destination>;
  /** Who administrates an organization in a region, and whom it enables by itself. */
  readonly administrators: Collection<OrganizationAdministrator>;
}

export interface OrganizationAdministrator {
  readonly accountId: string;
  readonly autoEnable: "NEW" | "ALL" | "NONE";
}

export function openGuardDutyStore(world: World): GuardDutyStore {
  const { state } = world;
  return {
    world,
    detectors: state.collection("guardduty/detectors"),
    findings: state.collection("guardduty/findings"),
    filters: state.collection("guardduty/filters"),
    members: state.collection("guardduty/members"),
    destinations: state.collection("guardduty/destinations"),
    administrators: state.collection("guardduty/organization-administrators"),
  };
}

export function detectorOfAccount(
  { detectors }: GuardDutyStore,
  accountId: string,
  region: string,
): Detector | undefined {
  const [found] = detectors.values(keyOf(accountId, region, ""));
  return found;
}

/** The detector of a call; of another account's it says the same as of none. */
export function detectorOf({ detectors }: GuardDutyStore, id: string | undefined, call: Call): Detector {
  const found = id === undefined ? undefined : detectors.get(keyOf(call.accountId, call.region, id));
  if (found === undefined)
    throw badRequest("The request is rejected because the input detectorId is not owned by the current account.");
  return found;
}

export function putDetector({ detectors }: GuardDutyStore, detector: Detector): void {
  detectors.put(keyOf(detector.accountId, detector.region, detector.id), detector);
}

export function detectorArn({ accountId, region, id }: Pick<Detector, "accountId" | "region" | "id">): string {
  return `arn:aws:guardduty:${region}:${accountId}:detector/${id}`;
}

/** What somebody has to be allowed on a detector, or on something below it. */
export function onDetector(action: string, detectorId: string | undefined, call: Call, below = ""): readonly Need[] {
  const arn = detectorArn({ accountId: call.accountId, region: call.region, id: detectorId ?? "" });
  return [{ action: `guardduty:${action}`, resource: `${arn}${below}` }];
}

export function badRequest(message: string): AwsError {
  return new AwsError("BadRequestException", message);
}

/** The members of an administrator in a region. */
export function membersOf({ members }: GuardDutyStore, administratorId: string, region: string): readonly Member[] {
  return [...members.values(keyOf(administratorId, region, ""))];
}

/** Whoever looks after an account in a region, if it has accepted. */
export function administratorOf({ members }: GuardDutyStore, accountId: string, region: string): Member | undefined {
  for (const member of members.values()) {
    if (
      member.accountId === accountId &&
      member.region === region &&
      (member.status === "Enabled" || member.status === "Disabled")
    )
      return member;
  }
  return undefined;
}

export function putMember({ members }: GuardDutyStore, member: Member): void {
  members.put(keyOf(member.administratorId, member.region, member.accountId), member);
}
