import {
  bucketStatements,
  keyStatements,
  type PolicyStatement,
  queueStatement,
  topicStatement,
} from "../policies/statements.ts";
import { placeOfArn } from "../wiring/locate.ts";
import type { CheckContext } from "./check.ts";
import { followedTrail } from "./followed-trail.ts";

/** Policies that the way stands on. */
export type PolicySetting = "bucket-policy" | "topic-policy" | "queue-policy" | "key-policy";

/** What the trail, and after it SNS, need of each policy, as the way is now; nothing where a part of it is unknown. */
export function neededStatements(context: CheckContext, setting: PolicySetting): readonly PolicyStatement[] {
  const { bucket, topic, queue } = context.now.places;
  const trail = followedTrail(context);
  if (trail === undefined) return [];
  const trailArns = [trail.arn];
  switch (setting) {
    case "bucket-policy": {
      if (bucket === undefined) return [];
      const { accountId } = placeOfArn(trail.arn);
      // An organization that was turned off by a drift is turned on again: its folder is needed.
      const isOrganization = trail.value.isOrganization || context.agreed.values.trail?.isOrganization === true;
      const organizationId = isOrganization ? context.account.organization?.id : undefined;
      const folders = organizationId === undefined ? [accountId] : [accountId, organizationId];
      return bucketStatements({ bucketArn: bucket.arn, prefix: trail.value.prefix, trailArns, folders });
    }
    case "topic-policy":
      return topic === undefined ? [] : [topicStatement({ topicArn: topic.arn, trailArns })];
    case "queue-policy": {
      const topicArn = trail.value.topicArn === "" ? topic?.arn : trail.value.topicArn;
      if (queue === undefined || topicArn === undefined) return [];
      return [queueStatement({ queueArn: queue.arn, topicArns: [topicArn] })];
    }
    case "key-policy":
      return keyStatements({ trailArns });
  }
}
