import { nameOf, type Place } from "../settings/place.ts";
import type { TrailValue } from "../settings/values.ts";
import type { SetupRun } from "./run.ts";
import type { StepTools } from "./run-tools.ts";

/** The prefix that the trail writes into the bucket with: as the plan has it, else as the trail says it now. */
export async function logPrefixOf(
  { plan }: Pick<SetupRun, "plan">,
  bucket: Place,
  { settingOf, aws }: Pick<StepTools, "settingOf" | "aws">,
): Promise<string> {
  const planned = plan.steps
    .filter(({ setting }) => setting === "trail")
    .flatMap(({ before, after }) => [after as TrailValue | null, before as TrailValue | null]);
  const { trail } = plan.places;
  const named = planned.find((value) => value?.bucket === nameOf(bucket));
  if (named !== undefined && named !== null) return named.prefix;
  const now = trail === undefined ? undefined : ((await settingOf("trail").get(trail, aws)) as TrailValue | undefined);
  return now?.bucket === nameOf(bucket) ? now.prefix : "";
}
