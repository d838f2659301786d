import { z } from "@hono/zod-openapi";

const instant = z.string().openapi({ description: "ISO instant" });

export const deploymentSchema = z
  .object({
    name: z.string(),
    accountId: z.string(),
    region: z.string(),
    depth: z.enum(["look", "care", "respond"]),
    roleArn: z.string().nullable(),
    externalId: z.string().openapi({ description: "For the role's trust" }),
    logAccount: z.object({ accountId: z.string(), roleArn: z.string() }).nullable(),
    endpoint: z.string().nullable(),
    names: z.object({ trail: z.string(), bucket: z.string(), topic: z.string(), queue: z.string() }),
    automatic: z.array(z.string()).openapi({ description: "Repairs that need no yes; all for all" }),
    retentionDays: z.number().nullable(),
    source: z.string().nullable().openapi({ description: "The source that collects its log files" }),
    createdAt: instant,
    isAgreed: z.boolean().openapi({ description: "It was set up, or a person said that its way is right" }),
    lastCheck: z.object({ at: instant, drifts: z.number() }).nullable(),
  })
  .openapi("Deployment");
export type DeploymentAnswer = z.infer<typeof deploymentSchema>;

const placeSchema = z.object({
  accountId: z.string(),
  region: z.string(),
  arn: z.string(),
  to: z.string().optional(),
});

const stepSchema = z
  .object({
    id: z.string(),
    setting: z.string(),
    place: placeSchema,
    before: z.unknown().openapi({ description: "As it was when the plan was made; null for not there" }),
    after: z.unknown().openapi({ description: "As it is to be; null for taken away" }),
    what: z.string(),
    why: z.string(),
    cost: z.string(),
    undo: z.string(),
    isFresh: z.boolean().optional(),
  })
  .openapi("PlanStep");

export const setupPlanSchema = z
  .object({
    id: z.string(),
    deployment: z.string(),
    madeAt: instant,
    choice: z.object({
      kind: z.enum(["use", "start", "create", "none"]),
      trailArn: z.string().nullable(),
      sentence: z.string(),
    }),
    places: z.record(z.string(), placeSchema),
    steps: z.array(stepSchema),
    notes: z.array(z.string()),
    obstacles: z.array(z.object({ sentence: z.string(), help: z.string() })),
  })
  .openapi("SetupPlan");

export const runSchema = z
  .object({
    id: z.string(),
    deployment: z.string(),
    kind: z.enum(["apply", "undo", "repair"]),
    plan: setupPlanSchema,
    status: z.enum(["running", "stopped", "done", "undone"]),
    startedAt: instant,
    endedAt: instant.nullable(),
    steps: z.array(
      z.object({
        step: stepSchema,
        status: z.enum(["waiting", "begun", "done", "failed", "undone", "left"]),
        problem: z.string(),
        at: instant.nullable(),
      }),
    ),
  })
  .openapi("SetupRun");
export type RunAnswer = z.infer<typeof runSchema>;

const culpritSchema = z
  .object({
    eventId: z.string(),
    eventName: z.string(),
    eventTime: z.string(),
    actor: z.string(),
    sourceIp: z.string(),
    userAgent: z.string(),
  })
  .openapi("Culprit");

const driftSchema = z
  .object({
    check: z.string(),
    about: z.string(),
    sentence: z.string(),
    loss: z.string(),
    manner: z.enum(["repair", "propose", "tell"]),
    help: z.string(),
    heldBack: z.string().nullable(),
    plan: setupPlanSchema.nullable(),
    culprit: culpritSchema.nullable(),
  })
  .openapi("Drift");

const wiringSchema = z
  .object({
    readAt: instant,
    places: z.record(z.string(), placeSchema),
    values: z.record(z.string(), z.unknown()),
    unread: z.array(z.object({ setting: z.string(), code: z.string(), sentence: z.string() })),
    status: z
      .object({
        deliveryError: z.string(),
        notificationError: z.string(),
        lastDeliveryAt: instant.nullable(),
        lastNotificationAt: instant.nullable(),
        lastDigestAt: instant.nullable(),
        stoppedAt: instant.nullable(),
      })
      .nullable(),
  })
  .openapi("Wiring");

export const checkSchema = z
  .object({ deployment: z.string(), at: instant, drifts: z.array(driftSchema), wiring: wiringSchema })
  .openapi("CheckResult");
export type CheckAnswer = z.infer<typeof checkSchema>;

export const historySchema = z
  .object({
    id: z.string(),
    at: instant,
    kind: z.string(),
    check: z.string(),
    about: z.string(),
    sentence: z.string(),
    culprit: culpritSchema.nullable(),
    runId: z.string().nullable(),
  })
  .openapi("HistoryEntry");
export type HistoryAnswer = z.infer<typeof historySchema>;

/** What may be asked of a plan; everything has a default. */
export const wishSchema = z.strictObject({
  region: z.string().max(40).optional(),
  trail: z.string().max(300).optional().openapi({ description: "Use this one, by name or ARN" }),
  createsTrail: z.boolean().optional().openapi({ description: "Whether one may be made where there is none" }),
  allowsPaidCopy: z.boolean().optional().openapi({ description: "Make one although another records the same events" }),
  forOrganization: z.boolean().optional(),
  keyArn: z.string().max(300).optional().openapi({ description: "KMS key for a trail that is made" }),
});
