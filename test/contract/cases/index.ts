import { type ContractCase } from "../contract-case.ts";
import { cloudTrailCases } from "./cloudtrail.ts";
import { cloudTrailContentsCases } from "./cloudtrail-contents.ts";
import { s3Cases } from "./s3.ts";
import { s3SettingsCases } from "./s3-settings.ts";
import { s3ObjectCases } from "./s3-objects.ts";
import { snsCases } from "./sns.ts";
import { sqsCases } from "./sqs.ts";
import { stsCases } from "./sts.ts";
import { iamCases } from "./iam.ts";
import { kmsCases } from "./kms.ts";
import { organizationsCases } from "./organizations.ts";
import { eventsCases } from "./events.ts";
import { logsCases } from "./logs.ts";
import { ec2Cases } from "./ec2.ts";
import { guardDutyCases } from "./guardduty.ts";

/** All cases by their service. */
export const allCases: ReadonlyMap<string, readonly ContractCase[]> = new Map([
  ["cloudtrail", [...cloudTrailCases, ...cloudTrailContentsCases]],
  ["s3", [...s3Cases, ...s3SettingsCases, ...s3ObjectCases]],
  ["sns", snsCases],
  ["sqs", sqsCases],
  ["sts", stsCases],
  ["iam", iamCases],
  ["kms", kmsCases],
  ["organizations", organizationsCases],
  ["events", eventsCases],
  ["logs", logsCases],
  ["guardduty", guardDutyCases],
  ["ec2", ec2Cases],
]);
