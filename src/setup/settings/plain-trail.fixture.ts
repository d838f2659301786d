import type { TrailValue } from "./values.ts";

/** A trail as AWS makes it when nothing but its bucket is named; `changes` replace what they name. */
export function plainTrail(bucket: string, changes: Partial<TrailValue> = {}): TrailValue {
  return {
    bucket,
    prefix: "",
    topicArn: "",
    isMultiRegion: false,
    isOrganization: false,
    hasGlobalEvents: true,
    validatesLogFiles: false,
    keyArn: "",
    logGroupArn: "",
    logRoleArn: "",
    ...changes,
  };
}
