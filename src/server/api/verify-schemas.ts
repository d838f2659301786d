import { z } from "@hono/zod-openapi";
import { verdictKinds } from "../../verify/index.ts";
import { accountQuery } from "./account-query.ts";

const instant = z.string();
const maybeInstant = z.string().nullable();

/** What every question about integrity takes. */
export const integrityQuery = z.object({
  account: accountQuery.optional(),
  region: z.string().min(1).max(100).optional(),
  from: z.string().max(100).optional().openapi({ description: "Earliest delivery; a week ago where not given" }),
  to: z.string().max(100).optional().openapi({ description: "Delivery before which to stop; now where not given" }),
});

export const verdictKindSchema = z.enum(verdictKinds);

export const logVerdictSchema = z
  .object({
    kind: verdictKindSchema,
    reason: z.string(),
    digest: z.string().openapi({ description: "s3://bucket/key of the digest; empty where there is none" }),
    chainSince: maybeInstant.openapi({ description: "Since when the chain that proves it is unbroken" }),
    dueAt: maybeInstant.openapi({ description: "When its digest is due, while it waits for one" }),
    sentence: z.string(),
  })
  .openapi("LogFileVerdict");
export type LogVerdictAnswer = z.infer<typeof logVerdictSchema>;

export const verdictViewSchema = logVerdictSchema
  .extend({ name: z.string(), logFile: z.string(), judgedAt: instant })
  .openapi("JudgedLogFile");

const counts = z.object({
  proven: z.number(),
  waiting: z.number(),
  unproven: z.number(),
  broken: z.number(),
  missing: z.number(),
  undeclared: z.number(),
});

const digestCounts = z.object({
  valid: z.number(),
  unproven: z.number(),
  broken: z.number(),
  missing: z.number(),
});

export const overviewSchema = z
  .object({
    from: instant,
    to: instant,
    logFiles: counts,
    digests: digestCounts,
    openFindings: z.number(),
    accounts: z.number(),
    chains: z.number(),
    judgedAt: maybeInstant,
    sentence: z.string(),
  })
  .openapi("IntegrityOverview");
export type OverviewAnswer = z.infer<typeof overviewSchema>;

const cellSchema = z
  .object({
    account: z.string(),
    region: z.string(),
    hour: instant.openapi({ description: "Start of the cell" }),
    standing: z.enum(["proven", "waiting", "unproven", "gap", "broken"]),
    logFiles: counts.partial(),
    digests: z.number().openapi({ description: "Valid digests that cover some of it" }),
  })
  .openapi("IntegrityCell");
export type CellAnswer = z.infer<typeof cellSchema>;

export const gridSchema = z
  .object({
    cells: z.array(cellSchema),
    cellMs: z.number().openapi({
      description: "How long a cell is, in milliseconds: an hour; six, a day or more where there are too many cells",
    }),
    isCut: z.boolean().openapi({ description: "There are more places than are told, none of which stand worse" }),
  })
  .openapi("IntegrityGrid");

export const chainSchema = z
  .object({
    id: z.string(),
    account: z.string(),
    region: z.string(),
    organization: z.string(),
    trail: z.string(),
    homeRegion: z.string(),
    isBackfill: z.boolean(),
    bucket: z.string(),
    head: maybeInstant,
    since: maybeInstant,
    nextDueAt: maybeInstant,
    isOverdue: z.boolean(),
    sentence: z.string(),
  })
  .openapi("DigestChain");
export type ChainAnswer = z.infer<typeof chainSchema>;

export const gapSchema = z
  .object({
    kind: z.enum(["digests-missing", "chain-restarted", "not-contiguous", "overlap", "tail"]),
    from: instant,
    to: instant,
    before: z.string(),
    after: z.string(),
    digestsMissing: z.number(),
    sentence: z.string(),
  })
  .openapi("IntegrityGap");

export const hourSchema = z
  .object({
    digests: z.array(
      z.object({
        name: z.string(),
        startsAt: maybeInstant,
        endsAt: instant,
        verdict: z.enum(["valid", "unproven", "broken", "missing"]),
        reason: z.string(),
        chainSince: maybeInstant,
        sentence: z.string(),
      }),
    ),
    files: z.array(verdictViewSchema),
    isCut: z.boolean().openapi({ description: "There are more log files than are told" }),
    gaps: z.array(gapSchema),
  })
  .openapi("IntegrityHour");
export type HourAnswer = z.infer<typeof hourSchema>;

export const integrityFindingSchema = z
  .object({
    id: z.string(),
    kind: z.string(),
    account: z.string(),
    region: z.string(),
    from: instant,
    to: instant,
    foundAt: instant,
    settledAt: maybeInstant,
    sentence: z.string(),
    help: z.string(),
    logFile: z.string(),
    digest: z.string(),
  })
  .openapi("IntegrityFinding");
export type IntegrityFindingAnswer = z.infer<typeof integrityFindingSchema>;

export const statementSchema = z
  .object({
    account: z.string(),
    day: z.string().openapi({ description: "yyyy-mm-dd, UTC, of delivery" }),
    isComplete: z.boolean(),
    isProblem: z.boolean().openapi({
      description: "Something is wrong; a day that is neither this nor complete goes on, or its digests do",
    }),
    from: instant,
    to: instant,
    regions: z.array(z.string()),
    logFiles: z.number(),
    sentence: z.string(),
    reasons: z.array(z.string()),
  })
  .openapi("DayStatement");
export type StatementAnswer = z.infer<typeof statementSchema>;

export const rereadBody = z.strictObject({
  ...integrityQuery.pick({ account: true, from: true, to: true }).shape,
  sample: z.number().int().min(1).max(1_000_000).optional().openapi({
    description: "At most so many, chosen by chance; all where not given",
  }),
});
