import { refusal } from "../refusal.ts";
import { type Trail } from "../trail.ts";

/** Trails in a region, those of other regions that reach it counted; AWS does not raise it (User Guide, "Quotas"). */
const trailsPerRegionMax = 5;

/**
 * Refuses a name that is taken and a trail too many, wherever the trail would be seen. That organization trails of others
 * do not count in a member's regions is read from the guide, which replicates them to members who have five already.
 */
export function checkRoom(
  owned: readonly Trail[],
  wanted: Pick<Trail, "arn" | "name" | "homeRegion" | "isMultiRegion">,
) {
  const others = owned.filter(({ arn }) => arn !== wanted.arn);
  const meets = (other: Trail) => other.homeRegion === wanted.homeRegion || other.isMultiRegion || wanted.isMultiRegion;
  if (others.some((other) => other.name === wanted.name && meets(other))) {
    throw refusal("TrailAlreadyExistsException", `Trail ${wanted.name} already exists`);
  }
  const regions = new Set([
    wanted.homeRegion,
    ...(wanted.isMultiRegion ? others.map((other) => other.homeRegion) : []),
  ]);
  for (const region of regions) {
    const there = others.filter((other) => other.isMultiRegion || other.homeRegion === region).length;
    if (there >= trailsPerRegionMax) {
      throw refusal(
        "MaximumNumberOfTrailsExceededException",
        `There are ${there} trails in ${region} already, of at most ${trailsPerRegionMax}`,
      );
    }
  }
}
