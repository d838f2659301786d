import { cloudtrailDifferences } from "./cloudtrail.ts";
import { s3Differences } from "./s3.ts";
import { snsDifferences } from "./sns.ts";
import { sqsDifferences } from "./sqs.ts";
import { stsDifferences } from "./sts.ts";
import { iamDifferences } from "./iam.ts";
import { kmsDifferences } from "./kms.ts";
import { organizationsDifferences } from "./organizations.ts";
import { eventsDifferences } from "./events.ts";
import { logsDifferences } from "./logs.ts";
import { guarddutyDifferences } from "./guardduty.ts";
import { ec2Differences } from "./ec2.ts";
import { type KnownDifference } from "./known-difference.ts";

export const knownDifferences: readonly KnownDifference[] = [
  ...cloudtrailDifferences,
  ...s3Differences,
  ...snsDifferences,
  ...sqsDifferences,
  ...stsDifferences,
  ...iamDifferences,
  ...kmsDifferences,
  ...organizationsDifferences,
  ...eventsDifferences,
  ...logsDifferences,
  ...guarddutyDifferences,
  ...ec2Differences,
];
