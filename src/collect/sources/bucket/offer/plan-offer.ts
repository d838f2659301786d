import { createHash } from "node:crypto";
import { partitionOfRegion } from "../../../access/regions.ts";
import { type BucketNow, defaultBucketName } from "./bucket-now.ts";
import { mergePolicy, offerStatements, policyBytesMax } from "./offer-policy.ts";
import type { OfferRequest } from "./offer-request.ts";
import { offerSteps, settingsOf, type OfferStepId, type OfferTarget } from "./offer-steps.ts";

/** One change of a plan, told before it is done. */
export interface OfferStep {
  readonly id: OfferStepId;
  readonly what: string;
  readonly why: string;
  readonly before: string;
  readonly after: string;
  readonly undo: string;
  readonly cost: string;
  /** It is so already. */
  readonly isDone: boolean;
}

/** A receiving bucket as it is to be; what was read is what is changed. */
export interface OfferPlan extends OfferTarget {
  /** Differs when anything else would be done. */
  readonly id: string;
  readonly request: OfferRequest;
  readonly steps: readonly OfferStep[];
}

export type PlanResult =
  | { readonly ok: true; readonly plan: OfferPlan }
  | { readonly ok: false; readonly sentence: string; readonly help: string };

/** Says what is to be done so that the trails of these accounts can deliver into the bucket. Changes nothing. */
export function planOffer(request: OfferRequest, now: BucketNow): PlanResult {
  const { bucket, accountId, standing } = now;
  const { region } = request;
  if (standing.kind === "refused") {
    return refuse(
      `The bucket ${bucket} belongs to somebody else, or may not be looked at: ${standing.cause.slice(0, 300)}`,
      "Choose another name; names of buckets are unique in the whole world",
    );
  }
  if (standing.kind === "elsewhere") {
    return refuse(
      `The bucket ${bucket} is in ${standing.region}, not in ${region}`,
      `Give ${standing.region} as the region, or another name`,
    );
  }
  const settings = settingsOf(now);
  const policy = mergePolicy(settings?.policy, offerStatements(request, bucket, partitionOfRegion(region) ?? "aws"));
  if (policy === undefined) {
    return refuse(`The policy of the bucket ${bucket} cannot be read`, "Mend it by hand, or choose another bucket");
  }
  const { length } = JSON.stringify(policy);
  if (length > policyBytesMax) {
    return refuse(
      `The bucket policy would have ${length} characters, more than the ${policyBytesMax} that S3 takes`,
      "Offer it to an organization instead of single accounts, or use several buckets",
    );
  }
  const target: OfferTarget = { bucket, region, accountId, policy };
  const steps = offerSteps.map((kind): OfferStep => {
    const { id, why, undo, cost } = kind;
    const [before, after] = [kind.before(settings), kind.after(target, settings)];
    return { id, what: kind.what(target), why, before, after, undo, cost, isDone: kind.isDone(settings, target) };
  });
  const id = createHash("sha256")
    .update(JSON.stringify([target, steps]))
    .digest("hex")
    .slice(0, 16);
  return { ok: true, plan: { id, request, ...target, steps } };
}

/** The same without a look at AWS, for people who do it by hand. */
export function planOfferByHand(request: OfferRequest, ownerAccountId: string): PlanResult {
  const bucket = request.bucketName ?? defaultBucketName(ownerAccountId, request.region);
  return planOffer(request, { accountId: ownerAccountId, bucket, standing: { kind: "absent" } });
}

function refuse(sentence: string, help: string): PlanResult {
  return { ok: false, sentence, help };
}
