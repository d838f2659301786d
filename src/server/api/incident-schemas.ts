import { z } from "@hono/zod-openapi";
import type { CloseReason, IncidentState } from "../../incidents/index.ts";

// Written out: commands that ask nothing of incidents need not wait until they are brought in.
const incidentStates = ["new", "triaged", "contained", "closed"] as const satisfies readonly IncidentState[];
const closeReasons = [
  "resolved",
  "false-positive",
  "expected",
  "duplicate",
  "not-actionable",
] as const satisfies readonly CloseReason[];

const instant = z.string();
const maybeInstant = z.string().nullable();
export const levelSchema = z.enum(["informational", "low", "medium", "high", "critical"]);

const entitySchema = z
  .object({
    kind: z.enum(["actor", "root-actor", "access-key", "address", "resource", "account", "user-agent"]),
    value: z.string(),
    label: z.string(),
    events: z.number(),
  })
  .openapi("IncidentEntity");

export const incidentSchema = z
  .object({
    id: z.string(),
    name: z.string().openapi({ description: "What people call it by", example: "INC-12" }),
    title: z.string(),
    state: z.enum(incidentStates),
    closedAs: z.enum(closeReasons).nullable(),
    severity: levelSchema,
    owner: z.string(),
    accountIds: z.array(z.string()).readonly(),
    regions: z.array(z.string()).readonly(),
    firstAt: instant.openapi({ description: "Of its events" }),
    lastAt: instant,
    openedAt: instant,
    changedAt: instant,
    findings: z.number(),
    events: z.number(),
    tactics: z.array(z.string()).readonly(),
    techniques: z.array(z.string()).readonly(),
    entities: z.array(entitySchema).readonly(),
    summary: z.string(),
    silentUntil: maybeInstant,
    mergedInto: z.string().nullable(),
  })
  .openapi("Incident");
export type IncidentAnswer = z.infer<typeof incidentSchema>;

const partSchema = z
  .object({
    id: z.string(),
    rule: z.string(),
    title: z.string(),
    level: levelSchema,
    from: instant,
    to: instant,
    hits: z.number(),
    tags: z.array(z.string()).readonly(),
    actorName: z.string(),
    events: z.array(z.string()).readonly().openapi({ description: "As account/eventID" }),
  })
  .openapi("IncidentFinding");

const timelineSchema = z
  .object({
    event: z.string(),
    eventId: z.string(),
    accountId: z.string(),
    time: instant,
    eventName: z.string(),
    eventSource: z.string(),
    region: z.string(),
    actorName: z.string(),
    sourceIp: z.string(),
    errorCode: z.string(),
    resources: z.array(z.string()).readonly(),
    rules: z.array(z.string()).readonly().openapi({ description: "Titles of the rules that it hit" }),
    logFile: z.string(),
    verdict: z
      .string()
      .nullable()
      .openapi({ description: "Of the log file that it came in; null while nobody judged it" }),
  })
  .openapi("IncidentEvent");

const historySchema = z
  .object({ number: z.number(), at: instant, by: z.string(), kind: z.string(), sentence: z.string() })
  .openapi("IncidentHistory");

const valueCount = z.object({ value: z.string(), count: z.number() });

const profileSchema = z
  .object({
    key: z.string(),
    name: z.string(),
    lineage: z.array(z.string()).readonly(),
    firstSeen: maybeInstant,
    events30d: z.number(),
    usualAddresses: z.array(valueCount).readonly(),
    usualCalls: z.array(valueCount).readonly(),
    otherIncidents: z.array(z.string()).readonly(),
  })
  .openapi("ActorProfile");

export const incidentDetailsSchema = incidentSchema
  .extend({
    parts: z.array(partSchema),
    timeline: z.array(timelineSchema),
    history: z.array(historySchema),
    questions: z.array(z.object({ question: z.string(), query: z.string(), from: instant, to: instant })),
    actors: z.array(profileSchema),
  })
  .openapi("IncidentDetails");
export type IncidentDetailsAnswer = z.infer<typeof incidentDetailsSchema>;

const by = z
  .string()
  .min(1)
  .max(200)
  .default("somebody")
  .openapi({ description: "Who changes it, as that person says" });
const sentence = z.string().max(10_000);

const change = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("state"),
    state: z.enum(incidentStates),
    closedAs: z.enum(closeReasons).optional(),
    comment: sentence.optional(),
  }),
  z.strictObject({ kind: z.literal("owner"), owner: z.string().max(200) }),
  z.strictObject({ kind: z.literal("severity"), severity: levelSchema }),
  z.strictObject({ kind: z.literal("comment"), comment: sentence.min(1) }),
  z.strictObject({ kind: z.literal("silence"), until: z.string().max(100) }),
]);

export const changeBody = z.strictObject({ change, by });
export type ChangeBody = z.output<typeof changeBody>;
const names = z.array(z.string().min(1).max(200)).min(1).max(1_000);
export const mergeBody = z.strictObject({ others: names, by });
export const splitBody = z.strictObject({ findings: names, by });

const scopeSchema = z
  .strictObject({
    rule: z.string().max(300).optional(),
    actor: z.string().max(2_000).optional(),
    accountId: z.string().max(100).optional(),
    resource: z.string().max(2_000).optional(),
  })
  .refine((scope) => Object.values(scope).some((word) => word !== undefined && word !== ""), {
    error: "A silence needs a rule, an actor, an account or a resource: it would silence everything",
  });

export const silenceBody = z.strictObject({
  scope: scopeSchema,
  until: z.string().max(100),
  reason: sentence.min(1),
  by,
});

export const silenceSchema = z
  .object({
    id: z.string(),
    until: instant,
    createdAt: instant,
    by: z.string(),
    reason: z.string(),
    scope: z.object({
      rule: z.string().optional(),
      actor: z.string().optional(),
      accountId: z.string().optional(),
      resource: z.string().optional(),
    }),
  })
  .openapi("Silence");
export type SilenceAnswer = z.infer<typeof silenceSchema>;

const words = (known: readonly string[]) =>
  z
    .string()
    .max(200)
    .optional()
    .transform((text) => (text === undefined || text === "" ? undefined : text.split(",").map((word) => word.trim())))
    .refine((asked) => asked === undefined || asked.every((word) => known.includes(word)), {
      error: `Not one of ${known.join(", ")}`,
    })
    .openapi({ type: "string", description: `Several with commas: ${known.join(", ")}; all when absent` });

export const levelWords = words(levelSchema.options);
export const stateWords = words(incidentStates);
