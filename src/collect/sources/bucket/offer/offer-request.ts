import { z } from "zod";
import { accountId, region } from "../../../access/access-settings.ts";
import { bucketName } from "../bucket-settings.ts";

/** Stands in policies and commands as it is; at most 200 characters (CloudTrail API Reference, "CreateTrail"). */
const prefix = z
  .string()
  .max(200)
  .regex(/^([\w.-]+(\/[\w.-]+)*)?$/, "A prefix has letters, digits and . _ - and no slash at its ends")
  .refine((text) => !text.split("/").includes("AWSLogs"), "CloudTrail itself adds AWSLogs after the prefix");

/** Whose trails a bucket is offered to. */
export const offerRequest = z
  .object({
    accountIds: z.array(accountId).max(500).default([]).describe("Accounts whose own trails may deliver"),
    organizationId: z
      .string()
      .regex(/^o-[a-z0-9]{10,32}$/, "An organization's id looks like o-exampleorgid")
      .optional()
      .describe("Organization whose trail may deliver"),
    managementAccountId: accountId.optional().describe("Its management account, which owns the organization's trail"),
    region: region.describe("Region of the bucket; trails of any region may deliver into it"),
    bucketName: bucketName.optional().describe("By default trailwarden-logs-<account>-<region>"),
    prefix: prefix.default("").describe("What stands before AWSLogs in the bucket"),
  })
  .superRefine(({ accountIds, organizationId, managementAccountId }, context) => {
    const issue = (path: string, message: string) => context.addIssue({ code: "custom", path: [path], message });
    if (accountIds.length === 0 && organizationId === undefined) {
      issue("accountIds", "Say whose trails may deliver: accounts, or an organization");
    }
    if ((organizationId === undefined) !== (managementAccountId === undefined)) {
      issue(
        "managementAccountId",
        "An organization goes with its management account: the trail's ARN holds that one's id",
      );
    }
  });

export type OfferRequest = z.infer<typeof offerRequest>;
