import { diagnose } from "../../diagnose.ts";
import type { Finding } from "../../findings.ts";
import type { SourceAws } from "../../source.ts";
import { readBucketNow } from "./bucket-now.ts";
import { offerSteps, settingsOf, type OfferStepId } from "./offer-steps.ts";
import type { OfferPlan } from "./plan-offer.ts";

/** What became of a step. */
export type AppliedStep = { readonly id: OfferStepId } & (
  | { readonly kind: "done" }
  | { readonly kind: "was so already" }
  /** It stands otherwise than when the plan was made: nothing more is done, a new plan is needed. */
  | { readonly kind: "changed meanwhile"; readonly before: string; readonly now: string }
  | { readonly kind: "refused"; readonly finding: Finding }
);

/** Actions of IAM that an offer needs. */
export const offerPermissions: readonly { readonly action: string; readonly purpose: string }[] = [
  { action: "s3:GetBucketLocation", purpose: "to see whether the bucket is there" },
  { action: "s3:GetBucketPublicAccessBlock", purpose: "to see whether public access is blocked" },
  { action: "s3:GetBucketOwnershipControls", purpose: "to see who owns what comes" },
  { action: "s3:GetEncryptionConfiguration", purpose: "to see whether what comes is encrypted" },
  { action: "s3:GetBucketVersioning", purpose: "to see whether versions are kept" },
  { action: "s3:GetBucketPolicy", purpose: "to keep what the policy says already" },
  { action: "s3:CreateBucket", purpose: "to make the bucket" },
  { action: "s3:PutBucketPublicAccessBlock", purpose: "to block public access" },
  { action: "s3:PutBucketOwnershipControls", purpose: "to let the bucket's owner own what comes" },
  { action: "s3:PutEncryptionConfiguration", purpose: "to encrypt what comes" },
  { action: "s3:PutBucketVersioning", purpose: "to keep versions" },
  { action: "s3:PutBucketPolicy", purpose: "to let CloudTrail write" },
];

/**
 * Does what the plan says, step by step. Done again it changes nothing; where something stands otherwise than the plan was
 * made for, or AWS refuses, it stops there.
 */
export async function* applyOffer(plan: OfferPlan, aws: SourceAws): AsyncGenerator<AppliedStep> {
  const request = { ...plan.request, bucketName: plan.bucket };
  const s3 = await aws.client("s3", plan.region);
  for (const { id, before } of plan.steps) {
    const kind = offerSteps.find((one) => one.id === id);
    if (kind === undefined) continue;
    try {
      const now = await readBucketNow(request, aws);
      const isOurs = now.accountId === plan.accountId && /^(absent|there)$/.test(now.standing.kind);
      const settings = settingsOf(now);
      const stands = isOurs ? kind.before(settings) : `The bucket is ${now.standing.kind} for ${now.accountId}`;
      if (isOurs && kind.isDone(settings, plan)) {
        yield { id, kind: "was so already" };
        continue;
      }
      // A bucket that was just made has AWS's own beginnings instead of nothing.
      const isAsPlanned = stands === before || (id !== "policy" && plan.steps[0]?.isDone === false);
      if (!isOurs || !isAsPlanned) {
        yield { id, kind: "changed meanwhile", before, now: stands };
        return;
      }
      await kind.apply(s3, plan);
      yield { id, kind: "done" };
    } catch (error) {
      yield {
        id,
        kind: "refused",
        finding: diagnose(error, { what: `the bucket ${plan.bucket}`, region: plan.region }),
      };
      return;
    }
  }
}
