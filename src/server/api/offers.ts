import { createRoute, z } from "@hono/zod-openapi";
import type { AppliedStep, OfferAsk, OfferView } from "../../collect/index.ts";
import { ndjsonOnceBegun } from "../ndjson.ts";
import { toProblem, type Problem } from "../problem.ts";
import { findingSchema } from "./collect-schemas.ts";
import { newRoutes } from "./routes.ts";
import { jsonBody, jsonContent, problemResponses } from "./schemas.ts";

const text = z.string().max(2_000);
const ask = z.strictObject({
  request: z
    .record(z.string().max(100), z.unknown())
    .openapi({ description: "accountIds, organizationId, managementAccountId, region, bucketName, prefix" }),
  access: z
    .record(z.string().max(100), text)
    .optional()
    .openapi({ description: "Who makes it: roleArn, externalId, endpoint" }),
  secrets: z
    .record(z.string().max(100), z.string().max(10_000))
    .optional()
    .openapi({ description: "accessKeyId, secretAccessKey, sessionToken; without, the server's own credentials" }),
});

const offerAnswer = z
  .object({
    plan: z.object({
      id: z.string(),
      bucket: z.string(),
      region: z.string(),
      accountId: z.string().openapi({ description: "The bucket's owner" }),
      policy: z.record(z.string(), z.unknown()),
      steps: z.array(
        z.object({
          id: z.string(),
          what: z.string(),
          why: z.string(),
          before: z.string(),
          after: z.string(),
          undo: z.string(),
          cost: z.string(),
          isDone: z.boolean().openapi({ description: "It is so already" }),
        }),
      ),
    }),
    instructions: z
      .object({ console: z.array(z.string()), cli: z.string(), terraform: z.string() })
      .openapi({ description: "How the other side makes a trail that delivers into the bucket" }),
    source: z
      .object({ bucket: z.string(), prefix: z.string(), region: z.string() })
      .openapi({ description: "Settings of the bucket source that reads it" }),
  })
  .openapi("BucketOffer");
export type OfferAnswer = z.infer<typeof offerAnswer>;

const appliedSchema = z.object({
  id: z.string(),
  kind: z.enum(["done", "was so already", "changed meanwhile", "refused"]),
  before: z.string().optional(),
  now: z.string().optional(),
  finding: findingSchema.optional(),
});

export type OfferMessage =
  | { readonly kind: "step"; readonly step: z.infer<typeof appliedSchema> }
  | { readonly kind: "done"; readonly isGood: boolean }
  | { readonly kind: "failed"; readonly problem: Problem };

/** Receiving buckets: planned, and made. */
export interface Offers {
  plan(ask: OfferAsk): Promise<OfferView>;
  apply(ask: OfferAsk, planId: string): AsyncIterable<AppliedStep>;
}

const planOffer = createRoute({
  method: "post",
  path: "/offers",
  summary: "Plan a bucket that trails of other accounts deliver into; changes nothing (needs the data folder's token)",
  request: jsonBody(
    ask.extend({
      ownerAccountId: text
        .optional()
        .openapi({ description: "Its owner, when a person makes it by hand: AWS is not asked then" }),
    }),
  ),
  responses: { 200: jsonContent("The plan, and what the other side does", offerAnswer), ...problemResponses },
});

const applyOffer = createRoute({
  method: "post",
  path: "/offers/apply",
  summary: "Make a bucket as it was planned (needs the data folder's token)",
  request: jsonBody(ask.extend({ planId: z.string().max(100) })),
  responses: {
    200: { description: "application/x-ndjson, one value a line: step …, then done (or failed)" },
    ...problemResponses,
  },
});

/** `/api/v1/collect/offers` */
export function offerRoutes(services: { readonly offers: Offers }) {
  return newRoutes()
    .openapi(planOffer, async (context) => {
      const { plan, instructions, source } = await services.offers.plan(readAsk(context.req.valid("json")));
      const { id, bucket, region, accountId, policy, steps } = plan;
      return context.json(
        {
          plan: { id, bucket, region, accountId, policy: { ...policy }, steps: steps.map((step) => ({ ...step })) },
          instructions: { ...instructions, console: [...instructions.console] },
          source: { ...source },
        },
        200,
      );
    })
    .openapi(applyOffer, async (context) => {
      const { planId, ...asked } = context.req.valid("json");
      return ndjsonOnceBegun<OfferMessage>(
        () => stepMessages(services.offers.apply(readAsk(asked), planId)),
        (error) => ({ kind: "failed", problem: toProblem(error) }),
        context.req.raw.signal,
      );
    });
}

async function* stepMessages(steps: AsyncIterable<AppliedStep>): AsyncGenerator<OfferMessage, void, undefined> {
  let isGood = true;
  for await (const step of steps) {
    isGood &&= step.kind === "done" || step.kind === "was so already";
    yield { kind: "step", step: { ...step } };
  }
  yield { kind: "done", isGood };
}

/** Without the members that were not given. */
function readAsk({
  request,
  access,
  secrets,
  ownerAccountId,
}: z.infer<typeof ask> & { readonly ownerAccountId?: string | undefined }): OfferAsk {
  return {
    request,
    ...(access === undefined ? {} : { access }),
    ...(secrets === undefined ? {} : { secrets }),
    ...(ownerAccountId === undefined ? {} : { ownerAccountId }),
  };
}
