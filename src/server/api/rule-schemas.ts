import { z } from "@hono/zod-openapi";
import { levelSchema as level } from "./incident-schemas.ts";

const outcome = z.enum(["observation", "incident", "notification"]);
const instant = z.string();
const maybeInstant = z.string().nullable();
const texts = z.array(z.string()).readonly();

export const ruleSchema = z
  .object({
    key: z.string(),
    title: z.string(),
    origin: z
      .string()
      .openapi({ description: "trailwarden, a package's name or search; empty for a rule that is gone" }),
    path: z.string(),
    kind: z.enum(["rule", "correlation", "search"]),
    level,
    status: z.enum(["on", "off", "staged", "refused"]),
    outcome,
    tags: texts,
    tactics: texts.openapi({ description: "Names of ATT&CK's tactics" }),
    techniques: texts.openapi({ description: "Ids of ATT&CK's techniques" }),
    canFire: z.object({
      answer: z.enum(["yes", "no", "partly", "unknown"]),
      reason: z.string(),
    }),
    hits: z.number().openapi({ description: "In the last 30 days" }),
    findings: z.number().openapi({ description: "In the last 30 days" }),
    lastAt: maybeInstant,
    note: z.string(),
  })
  .openapi("Rule");
export type RuleAnswer = z.infer<typeof ruleSchema>;

export const tuningSchema = z
  .object({
    name: z.string(),
    rules: texts.openapi({ description: "Keys of rules; all rules where empty" }),
    query: z.string(),
    reason: z.string(),
    until: maybeInstant,
    changedAt: instant,
  })
  .openapi("RuleTuning");
export type TuningAnswer = z.infer<typeof tuningSchema>;

export const packageSchema = z
  .object({
    name: z.string(),
    origin: z.string(),
    license: z.string(),
    author: z.string(),
    version: z.string(),
    importedAt: instant,
  })
  .openapi("RulePackage");
export type PackageAnswer = z.infer<typeof packageSchema>;

const refusalSchema = z.object({
  path: z.string(),
  line: z.number(),
  column: z.number(),
  reason: z.string(),
  title: z.string().nullable(),
});

export const ruleDetailsSchema = ruleSchema
  .extend({
    dedupMs: z.number().openapi({ description: "Matches of one actor within it are one finding, milliseconds" }),
    head: z
      .object({
        id: z.string().nullable(),
        name: z.string().nullable(),
        status: z.string().nullable(),
        level: level.nullable(),
        description: z.string(),
        author: z.string(),
        license: z.string(),
        date: z.string(),
        modified: z.string(),
        references: texts,
        falsePositives: texts,
        fields: texts,
        own: z.object({ runbook: z.string(), falsePositives: z.string() }),
      })
      .nullable(),
    text: z.string().openapi({ description: "Its file as it is; the query of a search" }),
    tunings: z.array(tuningSchema).readonly(),
    staged: z.object({ since: instant, until: instant, findingsMax: z.number() }).nullable(),
    refusal: refusalSchema.nullable(),
    package: packageSchema.nullable(),
  })
  .openapi("RuleDetails");
export type RuleDetailsAnswer = z.infer<typeof ruleDetailsSchema>;

export const outcomeSchema = z
  .object({
    added: z.number(),
    changed: z.number(),
    same: z.number(),
    gone: z.number(),
    refused: z.array(refusalSchema).readonly(),
    others: z.number().openapi({ description: "About other log sources than CloudTrail; they are not kept" }),
  })
  .openapi("PackageOutcome");
export type PackageOutcomeAnswer = z.infer<typeof outcomeSchema>;

export const savedSearchSchema = z
  .object({
    name: z.string(),
    query: z.string(),
    groupBy: texts,
    count: z.number(),
    withinMs: z.number(),
    level,
    outcome,
    changedAt: instant,
  })
  .openapi("SavedSearch");
export type SavedSearchAnswer = z.infer<typeof savedSearchSchema>;

export const coverageSchema = z
  .object({
    tactics: z
      .array(
        z.object({
          id: z.string(),
          name: z.string(),
          techniques: z.array(z.object({ id: z.string(), name: z.string(), rules: texts, blind: texts })).readonly(),
        }),
      )
      .readonly(),
  })
  .openapi("AttackCoverage");
export type CoverageAnswer = z.infer<typeof coverageSchema>;

export const valueListSchema = z.object({ name: z.string(), values: texts }).openapi("ValueList");
export type ValueListAnswer = z.infer<typeof valueListSchema>;

/** What stands in a path; checked by the book itself. */
export const ruleInPath = z.object({ key: z.string().min(1).max(2_000) });
export const itemInPath = z.object({ name: z.string().min(1).max(100) });

export const changeBody = z.strictObject({
  status: z.enum(["on", "off", "staged"]).optional(),
  stage: z.strictObject({ days: z.number(), findingsMax: z.number() }).optional(),
  severity: level.nullable().optional().openapi({ description: "null takes the house's own word back" }),
  dedupMs: z.number().nullable().optional(),
  outcome: outcome.nullable().optional(),
  note: z.string().optional(),
  by: z.string().optional(),
});

const textMax = 4 * 1024 * 1024;
const zipMax = 8 * 1024 * 1024;
const filesMax = 20_000;

export const packageBody = z.strictObject({
  name: z.string().max(100),
  origin: z.string().max(1_000).default(""),
  files: z
    .array(z.strictObject({ path: z.string().max(4_096), text: z.string().max(textMax) }))
    .max(filesMax)
    .optional(),
  zip: z.string().max(zipMax).optional().openapi({ description: "A zip archive instead of files, in base64" }),
  license: z.string().max(1_000).optional(),
  author: z.string().max(1_000).optional(),
  version: z.string().max(1_000).optional(),
  isStaged: z.boolean().default(true).openapi({ description: "New rules run quietly at first" }),
  isTrial: z.boolean().default(false).openapi({ description: "Says what would be, and keeps nothing" }),
});

export const tuningBody = z.strictObject({
  rules: z.array(z.string().max(2_000)).max(1_000).default([]),
  query: z.string().min(1).max(10_000),
  reason: z.string().max(2_000),
  until: z.string().max(100).nullable().optional().openapi({ description: "When it ends by itself" }),
});

export const searchBody = z.strictObject({
  query: z.string().min(1).max(10_000),
  groupBy: z.array(z.string().max(1_000)).max(10).default([]),
  count: z.number().default(1),
  withinMs: z.number().default(600_000),
  level: level.default("medium"),
  outcome: outcome.default("incident"),
});

export const valuesBody = z.strictObject({ values: z.array(z.string().max(4_096)).max(10_000) });
