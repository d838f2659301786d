import { z } from "@hono/zod-openapi";
import { unjudged } from "../../store/index.ts";
import { verdictKinds } from "../../verify/index.ts";
import { problemSchema } from "../problem.ts";
import { logVerdictSchema } from "./verify-schemas.ts";

export const eventRowSchema = z
  .object({
    id: z.string(),
    account: z.string(),
    time: z.string(),
    eventName: z.string(),
    eventSource: z.string(),
    region: z.string(),
    actor: z.object({
      kind: z.enum(["iam-user", "role", "root", "service", "account", "federated", "identity-center", "unknown"]),
      name: z.string(),
      session: z.string().optional(),
      arn: z.string().optional(),
      via: z.string().optional(),
    }),
    sourceIp: z.string(),
    userAgent: z.string(),
    errorCode: z.string(),
    errorMessage: z.string(),
    readOnly: z.boolean().nullable(),
    category: z.string(),
    eventType: z.string(),
    resourceArns: z.array(z.string()).readonly(),
    logFile: z.string().openapi({ description: "The id of the log file that brought it" }),
    fields: z.record(z.string(), z.string().nullable()).optional(),
  })
  .openapi("EventRow");

export const logFileSchema = z
  .object({
    id: z.string(),
    source: z.string(),
    name: z.string(),
    kind: z.string(),
    sizeBytes: z.number(),
    sha256: z.string(),
    records: z.number(),
    stored: z.number(),
    duplicates: z.number(),
    rejected: z.number(),
    deliveredAt: z.string().nullable(),
    readAt: z.string(),
    note: z.string(),
    gzipMembers: z.number().openapi({ description: "One, as CloudTrail writes it" }),
    bytesBehind: z.number().openapi({ description: "Of the compressed object, behind its last gzip member" }),
  })
  .openapi("LogFile");

const queryText = z
  .string()
  .max(10_000)
  .default("")
  .openapi({ description: "In the query language", example: "eventName:CreateUser mary" });
const instantText = z.string().max(100).optional();

const askedVerdicts = new Set<string>([...verdictKinds, unjudged]);

const verdictList = z
  .string()
  .max(200)
  .optional()
  .transform((text) => (text === undefined || text === "" ? undefined : text.split(",").map((word) => word.trim())))
  .refine((words) => words === undefined || words.every((word) => askedVerdicts.has(word)), {
    error: `Not one of ${[...askedVerdicts].join(", ")}`,
  })
  .openapi({
    type: "string",
    description: `Of the log file that an event came in, several with commas: ${[...askedVerdicts].join(", ")}; all when absent`,
    example: "broken,undeclared",
  });

/** What every search takes. */
export const questionSchema = z.object({
  query: queryText,
  from: instantText.openapi({ description: "ISO instant, date or now-7d; open when absent", example: "now-7d" }),
  to: instantText.openapi({ description: "ISO instant, date or now; open when absent" }),
  verdict: verdictList,
});

export const fieldList = z
  .string()
  .max(2_000)
  .optional()
  .transform((text) => (text === undefined || text === "" ? [] : text.split(",").map((field) => field.trim())));

/** The answers that every route may give besides its own. */
export const problemResponses = {
  400: {
    description: "The request cannot be understood",
    content: { "application/problem+json": { schema: problemSchema } },
  },
  500: { description: "The server failed", content: { "application/problem+json": { schema: problemSchema } } },
} as const;

export function jsonContent<Schema extends z.ZodType>(description: string, schema: Schema) {
  return { description, content: { "application/json": { schema } } };
}

/** A request whose body is JSON. */
export function jsonBody<Schema extends z.ZodType>(schema: Schema) {
  return { body: { required: true, content: { "application/json": { schema } } } } as const;
}

/** What every list takes that is given a page at a time. */
export const pageQuery = z.object({
  after: z.string().max(2_000).optional().openapi({ description: "The `next` of the page before" }),
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
});

/** Where to ask on; null when there is no more. */
export function nextOf<T>(page: readonly T[], limit: number, nameOf: (one: T) => string): string | null {
  const last = page.at(-1);
  return last === undefined || page.length < limit ? null : nameOf(last);
}

export const eventAnswerSchema = z
  .object({
    event: eventRowSchema,
    raw: z.string(),
    logFile: logFileSchema
      .extend({ verdict: logVerdictSchema.nullable().openapi({ description: "Null while nobody has judged it" }) })
      .nullable(),
    seenFirstIn: z.string().nullable().openapi({ description: "What brought the event before its log file came" }),
    others: z.array(z.object({ event: eventRowSchema, raw: z.string() })),
  })
  .openapi("EventAnswer");
export type EventAnswer = z.infer<typeof eventAnswerSchema>;

export const storeAnswerSchema = z
  .object({
    events: z.number(),
    logFiles: z.number(),
    duplicates: z.number(),
    rejected: z.number(),
    bytesOnDisk: z.number(),
    firstEventAt: z.string().nullable(),
    lastEventAt: z.string().nullable(),
    accounts: z.array(z.object({ account: z.string(), events: z.number() })),
  })
  .openapi("StoreAnswer");
export type StoreAnswer = z.infer<typeof storeAnswerSchema>;
