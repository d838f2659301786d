import { type InputOf } from "../../aws/index.ts";
import { type By } from "../by.ts";
import { tagsOf } from "../tags.ts";
import { type TrailParts, findTrailToChange } from "./find-trail.ts";

/** Starts logging, everywhere the trail is; of a trail that logs already nothing changes. */
export async function startLogging(
  parts: TrailParts,
  input: InputOf<"cloudtrail", "StartLogging">,
  by: By,
): Promise<object> {
  const trail = await findTrailToChange(parts, input.Name, by);
  if (!trail.isLogging) parts.trails.put("started", { ...trail, isLogging: true, startedAt: by.at }, by.at);
  return {};
}

export async function stopLogging(
  parts: TrailParts,
  input: InputOf<"cloudtrail", "StopLogging">,
  by: By,
): Promise<object> {
  const trail = await findTrailToChange(parts, input.Name, by);
  if (trail.isLogging) parts.trails.put("stopped", { ...trail, isLogging: false, stoppedAt: by.at }, by.at);
  return {};
}

/** Takes a trail away in all its regions and accounts; bucket, files, topic and log group stay. */
export async function deleteTrail(
  parts: TrailParts,
  input: InputOf<"cloudtrail", "DeleteTrail">,
  by: By,
): Promise<object> {
  const trail = await findTrailToChange(parts, input.Name, by);
  parts.trails.delete(trail, by.at, () => tagsOf(parts.state).delete(trail.arn));
  return {};
}
