import { type InputOf, type OutputOf } from "../../aws/index.ts";
import { type By } from "../by.ts";
import { optionalFlag, optionalText, optionalTexts, text } from "../parameters.ts";
import { refusal } from "../refusal.ts";
import { type Trail } from "../trail.ts";
import { type TrailParts, findTrail, unknownTrail } from "./find-trail.ts";
import { shapeOfStatus, shapeOfTrail } from "./trail-shape.ts";

/** No account sees that many trails; AWS states no limit for the list. */
const namesMax = 100;

export async function getTrail(
  parts: TrailParts,
  input: InputOf<"cloudtrail", "GetTrail">,
  by: By,
): Promise<OutputOf<"cloudtrail", "GetTrail">> {
  return { Trail: shapeOfTrail(await findTrail(parts, input.Name, by)) };
}

/**
 * Trails by name, of this account and region; by ARN, wherever they are; or all that reach here. Without shadows, copies
 * from other regions and of the organization's trails are left out. What is not there is not an error (API Reference,
 * DescribeTrails).
 */
export async function describeTrails(
  parts: TrailParts,
  input: InputOf<"cloudtrail", "DescribeTrails">,
  by: By,
): Promise<OutputOf<"cloudtrail", "DescribeTrails">> {
  const withShadows = optionalFlag(input.includeShadowTrails, "includeShadowTrails") ?? true;
  const names = optionalTexts(input.trailNameList, "trailNameList") ?? [];
  if (names.length > namesMax) throw refusal("InvalidTrailNameException", `More than ${namesMax} trails are asked for`);
  const isShadow = (trail: Trail) => trail.homeRegion !== by.region || trail.ownerId !== by.accountId;
  if (names.length === 0) {
    const here = await parts.trails.trailsFor(by.accountId, by.region);
    return { trailList: here.filter((trail) => withShadows || !isShadow(trail)).map(shapeOfTrail) };
  }
  const found = new Map<string, Trail>();
  for (const name of names) {
    const trail = await findTrail(parts, name, by).catch(ignoreUnknown);
    if (trail !== undefined && (withShadows || !isShadow(trail))) found.set(trail.arn, trail);
  }
  return { trailList: [...found.values()].map(shapeOfTrail) };
}

/** Names and home regions of all trails that the account has or shares, in every region. */
export async function listTrails(
  parts: TrailParts,
  input: InputOf<"cloudtrail", "ListTrails">,
  by: By,
): Promise<OutputOf<"cloudtrail", "ListTrails">> {
  // All trails of an account fit one page.
  if (optionalText(input.NextToken, "NextToken") !== undefined) {
    throw refusal("InvalidParameterException", "NextToken is not one that ListTrails gave");
  }
  const organization = await parts.outlets.organizationOf(by.accountId);
  const seen = parts.trails
    .all()
    .filter(
      ({ ownerId, organizationId }) =>
        ownerId === by.accountId || (organizationId !== undefined && organizationId === organization?.id),
    );
  return { Trails: seen.map(({ arn, name, homeRegion }) => ({ TrailARN: arn, Name: name, HomeRegion: homeRegion })) };
}

/**
 * How deliveries go in one region. A shadow trail and an organization's trail in a member account are named by ARN (API
 * Reference, GetTrailStatus); a trail that is not in the region is not found there.
 */
export async function getTrailStatus(
  parts: TrailParts,
  input: InputOf<"cloudtrail", "GetTrailStatus">,
  by: By,
): Promise<OutputOf<"cloudtrail", "GetTrailStatus">> {
  const trail = await findTrail(parts, input.Name, by);
  if (!trail.isMultiRegion && trail.homeRegion !== by.region) throw unknownTrail(text(input.Name, "Name"), by);
  return shapeOfStatus(trail, parts.trails.status(trail.arn, by.region));
}

function ignoreUnknown(error: unknown): undefined {
  if (error instanceof Error && error.name === "TrailNotFoundException") return undefined;
  throw error;
}
