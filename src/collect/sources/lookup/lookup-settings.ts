import { z } from "zod";
import { accessShape, refineAccess } from "../../access/access-settings.ts";

/** LookupEvents knows the events of 90 days (API Reference, LookupEvents). */
export const daysMax = 90;

export const lookupSettings = z
  .object({
    region: accessShape.region.default("us-east-1").describe("Region that the account's regions are asked for in"),
    regions: z
      .array(accessShape.region)
      .min(1)
      .optional()
      .describe("Look in these regions only; without it, in all enabled ones"),
    days: z.int().min(1).max(daysMax).default(daysMax).describe("How many days to look back at the start"),
    everySeconds: z.int().min(10).max(86_400).default(300).describe("How often is asked for new events"),
    accountId: accessShape.accountId.describe("Account that is looked up; dashes and spaces may stay"),
    roleArn: accessShape.roleArn,
    externalId: accessShape.externalId,
    endpoint: accessShape.endpoint,
  })
  .superRefine(refineAccess);

export type LookupSettings = z.infer<typeof lookupSettings>;
