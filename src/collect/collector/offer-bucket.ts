import { z } from "zod";
import { accessShape, refineAccess, type AccessSettings } from "../access/access-settings.ts";
import { openSourceAws, type SourceAwsOptions } from "../access/open-source-aws.ts";
import { CollectError } from "../errors.ts";
import { applyOffer, type AppliedStep } from "../sources/bucket/offer/apply-offer.ts";
import { readBucketNow } from "../sources/bucket/offer/bucket-now.ts";
import {
  offerInstructions,
  offerSourceSettings,
  type OfferInstructions,
} from "../sources/bucket/offer/instructions.ts";
import { offerRequest } from "../sources/bucket/offer/offer-request.ts";
import { planOffer, planOfferByHand, type OfferPlan, type PlanResult } from "../sources/bucket/offer/plan-offer.ts";
import { diagnose } from "../sources/diagnose.ts";
import type { SourceAws } from "../sources/source.ts";

/** A receiving bucket as a person asks for it. */
export interface OfferAsk {
  /** Whose trails, where: what `offerRequest` reads. */
  readonly request: Readonly<Record<string, unknown>>;
  /** Who makes the bucket: `roleArn`, `externalId`, `endpoint`. */
  readonly access?: Readonly<Record<string, unknown>>;
  readonly secrets?: Readonly<Record<string, string>>;
  /** The account that is to own it, when a person makes it by hand: AWS is not asked then. */
  readonly ownerAccountId?: string;
}

/** What would be done, what the other side does then, and how the source that reads the bucket is set up. */
export interface OfferView {
  readonly plan: OfferPlan;
  readonly instructions: OfferInstructions;
  readonly source: ReturnType<typeof offerSourceSettings>;
}

const { roleArn, externalId, endpoint, accountId } = accessShape;
const accessRequest = z.strictObject({ roleArn, externalId, endpoint });

/** Plans a receiving bucket; nothing is changed. */
export async function planBucketOffer(ask: OfferAsk, options: SourceAwsOptions): Promise<OfferView> {
  const { request, access } = readAsk(ask);
  const owner = ask.ownerAccountId === undefined ? undefined : accountId.safeParse(ask.ownerAccountId);
  if (owner?.success === false) throw unfit(["ownerAccountId: it has 12 digits"]);
  if (owner?.data !== undefined) return viewOf(planOfferByHand(request, owner.data));
  await using aws = openSourceAws(access, ask.secrets ?? {}, options);
  return viewOf(await planWith(aws, request));
}

/** Does what was planned, step by step. Throws `offer-changed` when the plan would be another by now. */
export async function* applyBucketOffer(
  ask: Omit<OfferAsk, "ownerAccountId">,
  planId: string,
  options: SourceAwsOptions,
): AsyncGenerator<AppliedStep> {
  const { request, access } = readAsk(ask);
  await using aws = openSourceAws(access, ask.secrets ?? {}, options);
  const { plan } = viewOf(await planWith(aws, request));
  if (plan.id !== planId) {
    throw new CollectError(`The bucket ${plan.bucket} stands otherwise than when the plan was made`, {
      code: "offer-changed",
      fault: "user",
      help: "Look at the new plan",
      details: { planId: plan.id },
    });
  }
  yield* applyOffer(plan, aws);
}

async function planWith(aws: SourceAws, request: z.infer<typeof offerRequest>): Promise<PlanResult> {
  try {
    return planOffer(request, await readBucketNow(request, aws));
  } catch (error) {
    const { sentence, help } = diagnose(error, { what: "the bucket", region: request.region });
    throw new CollectError(sentence, {
      code: "offer-refused",
      fault: "aws",
      ...(help === undefined ? {} : { help }),
      cause: error,
    });
  }
}

function viewOf(result: PlanResult): OfferView {
  if (result.ok) {
    const { plan } = result;
    return { plan, instructions: offerInstructions(plan), source: offerSourceSettings(plan) };
  }
  throw new CollectError(result.sentence, { code: "offer-not-possible", fault: "user", help: result.help });
}

function readAsk({ request, access = {} }: OfferAsk): {
  readonly request: z.infer<typeof offerRequest>;
  readonly access: AccessSettings;
} {
  const read = offerRequest.safeParse(request);
  if (!read.success) throw unfit(issuesOf(read.error));
  const { region } = read.data;
  const reach = accessRequest.superRefine((given, context) => refineAccess({ ...given, region }, context));
  const who = reach.safeParse(access);
  if (!who.success) throw unfit(issuesOf(who.error));
  return { request: read.data, access: { ...who.data, region } };
}

function issuesOf(error: z.ZodError): string[] {
  return error.issues.map(({ path, message }) => `${path.join(".") || "request"}: ${message}`);
}

function unfit(issues: readonly string[]): CollectError {
  return new CollectError(`The bucket cannot be offered so: ${issues.join("; ")}`, {
    code: "source-settings-invalid",
    fault: "user",
    help: "Mend what is named",
    details: { issues },
  });
}
