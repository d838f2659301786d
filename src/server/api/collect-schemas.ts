import { z } from "@hono/zod-openapi";

const count = z.number().int();
const instant = z.string().openapi({ description: "ISO instant" });

/** Something found out about a source. */
export const findingSchema = z
  .object({
    code: z.string(),
    isGood: z.boolean(),
    sentence: z.string(),
    help: z.string().optional().openapi({ description: "What to do about it" }),
    cause: z.string().optional().openapi({ description: "AWS's own words" }),
  })
  .openapi("Finding");

export const totalsSchema = z
  .object({
    known: count.openapi({ description: "In any of the lists, those left out on purpose not counted" }),
    read: count,
    waiting: count,
    failing: count,
    leftOut: count,
    noticed: count,
    listed: count,
    named: count.openapi({ description: "Of log files, by digests" }),
    digests: z
      .object({ known: count, read: count, failing: count })
      .openapi({ description: "Digests, which are counted nowhere else here" }),
    completeness: z.number().nullable().openapi({ description: "Read of known; null when nothing is known" }),
  })
  .openapi("LedgerTotals");
export type LedgerTotalsAnswer = z.infer<typeof totalsSchema>;

export const kindSchema = z
  .object({
    type: z.string(),
    summary: z.string(),
    settings: z.record(z.string(), z.unknown()).openapi({ description: "JSON Schema of the settings" }),
    secrets: z.array(z.object({ name: z.string(), description: z.string() })),
    permissions: z.array(
      z.object({ action: z.string(), purpose: z.string(), isOptional: z.boolean().openapi({ default: false }) }),
    ),
  })
  .openapi("SourceKind");
export type KindAnswer = z.infer<typeof kindSchema>;

export const sourceSchema = z
  .object({
    name: z.string(),
    type: z.string(),
    place: z.string().openapi({ description: "Where its log files come from" }),
    settings: z.record(z.string(), z.unknown()),
    createdAt: instant,
    status: z.enum(["waiting", "online", "quiet", "failing", "paused"]),
    sentence: z.string().openapi({ description: "What is, and what is wrong when something is" }),
    help: z.string().nullable().openapi({ description: "What to do about it" }),
    cause: z.string().nullable().openapi({ description: "AWS's own words" }),
    figures: z.object({
      messages: count,
      logFiles: count,
      events: count,
      duplicates: count,
      swallowed: z.record(z.string(), count).openapi({ description: "What was no log file, by kind" }),
      firstFileAt: instant.nullable(),
      lastFileAt: instant.nullable(),
      lastEventAt: instant.nullable(),
    }),
    lagMs: z
      .number()
      .nullable()
      .openapi({ description: "From the newest event of the last log file to its being searchable" }),
    eventsPerMinute: z.number().openapi({ description: "Over the last five minutes" }),
    progress: z.object({ what: z.string(), done: z.number(), total: z.number(), unit: z.string() }).nullable(),
    lookedAt: instant.nullable(),
    setAside: count.openapi({ description: "Messages that wait for a person" }),
    ledger: totalsSchema,
    isBuiltIn: z.boolean().openapi({ description: "Kept by the program itself; it can be paused, not removed" }),
  })
  .openapi("Source");
export type SourceAnswer = z.infer<typeof sourceSchema>;

export const setAsideSchema = z
  .object({
    id: z.string(),
    body: z.string(),
    reason: z.string(),
    received: count.openapi({ description: "How often it was received before" }),
    setAsideAt: instant,
  })
  .openapi("SetAsideMessage");
export type SetAsideAnswer = z.infer<typeof setAsideSchema>;

const objectKind = z.string().openapi({ description: "Kind of log file, or digest, by its key" });

export const ledgerHourSchema = z
  .object({
    accountId: z.string(),
    region: z.string(),
    kind: objectKind,
    hour: instant,
    known: count,
    noticed: count,
    listed: count,
    named: count,
    read: count,
    failing: count,
    leftOut: count,
  })
  .openapi("LedgerHour");
export type LedgerHourAnswer = z.infer<typeof ledgerHourSchema>;

export const ledgerEntrySchema = z
  .object({
    name: z.string(),
    bucket: z.string(),
    key: z.string(),
    source: z.string(),
    accountId: z.string(),
    region: z.string(),
    kind: objectKind,
    hour: instant,
    sizeBytes: count.nullable(),
    version: z.string().nullable().openapi({ description: "Its ETag" }),
    state: z.enum(["waiting", "read", "failing", "left out"]),
    noticedAt: instant.nullable(),
    listedAt: instant.nullable(),
    namedAt: instant.nullable(),
    readAt: instant.nullable(),
    records: count,
    tries: count,
    nextTryAt: instant.nullable(),
    problem: z.string().nullable(),
  })
  .openapi("LedgerEntry");
export type LedgerEntryAnswer = z.infer<typeof ledgerEntrySchema>;

export const accountSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    status: z.string().openapi({ description: "As Organizations says it; UNKNOWN where only log files told of it" }),
    organizationId: z.string().nullable(),
    source: z.string(),
    firstSeenAt: instant,
    seenAt: instant,
  })
  .openapi("KnownAccount");
export type AccountAnswer = z.infer<typeof accountSchema>;

export const filterSchema = z
  .object({
    name: z.string(),
    query: z.string(),
    createdAt: instant,
    dropped: count,
    lastDroppedAt: instant.nullable(),
  })
  .openapi("Filter");
export type FilterAnswer = z.infer<typeof filterSchema>;

/** A name in a path; who has it says the collector. */
export const nameInPath = z.object({ name: z.string().min(1).max(63) });
