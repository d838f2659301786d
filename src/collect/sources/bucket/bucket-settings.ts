import { z } from "zod";
import { accessShape, refineAccess } from "../../access/access-settings.ts";
import { levelOf, rootPath } from "../../listing/branch.ts";
import { readDay } from "../../listing/days.ts";
import { selectionShape } from "../account-selection.ts";

/** From 3 to 63 of these (S3 User Guide, "General purpose bucket naming rules"). */
export const bucketName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, "A bucket's name has 3 to 63 small letters, digits, dots and dashes");

/** A prefix of CloudTrail's has at most 200 characters (CloudTrail API Reference, "CreateTrail"); folders follow it. */
const prefix = z
  .string()
  .max(512)
  .refine((text) => !/[\u0000-\u001f]/.test(text), "A prefix holds no control characters")
  .refine(
    (text) => !["below", "foreign"].includes(levelOf(rootPath({ bucket: "", prefix: text }))),
    "Give the prefix that the trail has: what stands before AWSLogs, or at most the folders down to a region",
  );

export const bucketSettings = z
  .object({
    bucket: bucketName.describe("Bucket that the trail delivers to, such as my-cloudtrail-logs"),
    prefix: prefix.default("").describe("Only what lies below this prefix; the one that the trail has"),
    from: z
      .union([
        z.literal("all"),
        z.string().refine((text) => readDay(text) !== undefined, "A day looks like 2026-01-31; all is everything"),
      ])
      .optional()
      .describe("First day to read, such as 2026-01-31, or all; by default the day on which the source is added"),
    everySeconds: z
      .int()
      .min(5)
      .max(86_400)
      .default(60)
      .describe("How often the bucket is looked into; each look is one request for each account and region"),
    ...accessShape,
    ...selectionShape,
  })
  .superRefine(refineAccess);

export type BucketSettings = z.infer<typeof bucketSettings>;
