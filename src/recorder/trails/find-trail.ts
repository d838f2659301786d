import { readTrailArn } from "../arn.ts";
import { type By } from "../by.ts";
import { text } from "../parameters.ts";
import { refusal } from "../refusal.ts";
import { type Trail } from "../trail.ts";
import { checkTrailName } from "./trail-name.ts";
import { type OrganizationParts, checkMayChange, mayChange } from "./trail-organization.ts";
import { type WritableTrailBook } from "./trail-book.ts";

export interface TrailParts extends OrganizationParts {
  readonly trails: WritableTrailBook;
}

/**
 * A trail that is read: by name in its own account and home region, by ARN from any region, and by members of the
 * organization whose trail it is (API Reference, DescribeTrails and GetTrailStatus).
 */
export async function findTrail(parts: TrailParts, nameOrArn: unknown, by: By): Promise<Trail> {
  const wanted = text(nameOrArn, "Name", "InvalidTrailNameException");
  const trail = wanted.startsWith("arn:")
    ? await visibleTrail(parts, wanted, by)
    : ownTrail(parts, wanted, by, (own) => own.homeRegion === by.region);
  if (trail === undefined) throw unknownTrail(wanted, by);
  return trail;
}

/**
 * A trail whose selectors are read: members see an organization's trail, but not what it selects (seen from AWS: "AccountID
 * in ARN is wrong, you can only access resources with AccountID …").
 */
export async function findTrailToLookInto(parts: TrailParts, nameOrArn: unknown, by: By): Promise<Trail> {
  const trail = await findTrail(parts, nameOrArn, by);
  if (!(await mayChange(parts, trail, by))) {
    throw refusal(
      "CloudTrailARNInvalidException",
      `AccountID in ARN is wrong, you can only access resources with AccountID ${by.accountId}.`,
    );
  }
  return trail;
}

/** A trail that is changed: only from its home region, and not by mere members of an organization. */
export async function findTrailToChange(parts: TrailParts, nameOrArn: unknown, by: By): Promise<Trail> {
  const wanted = text(nameOrArn, "Name", "InvalidTrailNameException");
  const trail = wanted.startsWith("arn:")
    ? await visibleTrail(parts, wanted, by)
    : (ownTrail(parts, wanted, by, (own) => own.homeRegion === by.region) ??
      ownTrail(parts, wanted, by, (own) => own.isMultiRegion));
  if (trail === undefined) throw unknownTrail(wanted, by);
  await checkMayChange(parts, trail, by);
  if (trail.homeRegion !== by.region) {
    throw refusal("InvalidHomeRegionException", `The home region of trail ${trail.arn} is ${trail.homeRegion}`);
  }
  return trail;
}

/** Refuses to overwrite what somebody else changed while this operation looked at the world outside. */
export function checkUnchanged(parts: TrailParts, trail: Trail): void {
  if (parts.trails.get(trail.arn) !== trail) {
    throw refusal("ConflictException", `Another operation is modifying trail ${trail.arn}`);
  }
}

/** The sentence is moto's. */
export function unknownTrail(wanted: string, by: By) {
  return refusal("TrailNotFoundException", `Unknown trail: ${wanted} for the user: ${by.accountId}`);
}

function ownTrail(parts: TrailParts, name: string, by: By, isIt: (own: Trail) => boolean): Trail | undefined {
  checkTrailName(name);
  return parts.trails.ownedBy(by.accountId).find((own) => own.name === name && isIt(own));
}

async function visibleTrail(parts: TrailParts, arn: string, by: By): Promise<Trail | undefined> {
  const { id } = readTrailArn(arn);
  checkTrailName(id);
  const trail = parts.trails.get(arn);
  if (trail === undefined || trail.ownerId === by.accountId) return trail;
  if (trail.organizationId === undefined) return undefined;
  const organization = await parts.outlets.organizationOf(by.accountId);
  return organization?.id === trail.organizationId ? trail : undefined;
}
