import { z } from "@hono/zod-openapi";
import type { AuditSummary, VerdictKind } from "../../verify/index.ts";
import type { Problem } from "../problem.ts";
import { accountQuery } from "./account-query.ts";

const text = (most: number) => z.string().min(1).max(most);
const publicKeys = z.unknown().openapi({
  description: "What ListPublicKeys answered, as the AWS CLI prints it; or one such answer for each region by its name",
});

/** Where to audit, and what of it. */
export const auditBody = z.strictObject({
  place: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("source"), source: text(100), publicKeys: publicKeys.optional() }),
    z.strictObject({
      kind: z.literal("bucket"),
      bucket: z.string().regex(/^[A-Za-z0-9][\w.-]{1,253}$/, "That is no bucket's name"),
      prefix: z.string().max(1_024).default(""),
      region: z
        .string()
        .regex(/^[a-z0-9-]{1,40}$/, "That is no region")
        .default("us-east-1")
        .openapi({ description: "Where to begin; S3 says where the bucket is" }),
      endpoint: z.url().max(2_000).optional(),
      roleArn: text(2_048).optional(),
      externalId: text(1_224).optional(),
      secrets: z.partialRecord(z.enum(["accessKeyId", "secretAccessKey", "sessionToken"]), text(10_000)).optional(),
      publicKeys: publicKeys.optional(),
    }),
    z.strictObject({
      kind: z.literal("folder"),
      path: text(4_096).openapi({ description: "On the server's disk, absolute" }),
      metadata: text(4_096)
        .optional()
        .openapi({ description: "A file on the server's disk with the digests' metadata" }),
      publicKeys: publicKeys.optional(),
    }),
  ]),
  from: z.string().max(100).optional().openapi({ description: "Earliest delivery; all there is where not given" }),
  to: z.string().max(100).optional().openapi({ description: "Delivery before which to stop; now where not given" }),
  account: accountQuery.optional(),
  region: text(100).optional().openapi({ description: "Where the events happened" }),
  trail: text(2_048).optional().openapi({ description: "A trail's name or ARN" }),
  likeAwsCli: z
    .boolean()
    .default(false)
    .openapi({ description: "Walk and judge as `aws cloudtrail validate-logs` does" }),
  all: z.boolean().default(false).openapi({ description: "Tell of proven log files and valid digests too" }),
});
export type AuditBody = z.input<typeof auditBody>;

/** A trail's chain of digests, or that of its late files, as messages name it. */
export interface AuditedTrail {
  readonly account: string;
  readonly region: string;
  readonly organization: string;
  readonly trail: string;
  readonly homeRegion: string;
  readonly isBackfill: boolean;
}

/** A line of the answer; instants are ISO 8601, sentences are for people. */
export type AuditMessage =
  | { readonly kind: "begin"; readonly from: string; readonly to: string }
  | ({ readonly kind: "chain" } & AuditedTrail)
  | ({
      readonly kind: "digest";
      readonly name: string;
      readonly startsAt: string | null;
      readonly endsAt: string;
      readonly verdict: "valid" | "unproven" | "broken" | "missing";
      readonly reason: string;
      readonly chainSince: string | null;
      readonly fingerprint: string;
      readonly sentence: string;
    } & AuditedTrail)
  | {
      readonly kind: "log-file";
      readonly name: string;
      readonly verdict: VerdictKind;
      readonly reason: string;
      readonly digest: string;
      readonly chainSince: string | null;
      readonly dueAt: string | null;
      readonly sha256: string;
      readonly sentence: string;
    }
  | ({
      readonly kind: "gap";
      readonly gap: string;
      readonly from: string;
      readonly to: string;
      readonly before: string;
      readonly after: string;
      readonly digestsMissing: number;
      readonly sentence: string;
    } & AuditedTrail)
  | { readonly kind: "progress"; readonly done: number; readonly total: number }
  | ({
      readonly kind: "summary";
      readonly from: string;
      readonly to: string;
      readonly found: { readonly from: string; readonly to: string } | null;
    } & Omit<AuditSummary, "from" | "to" | "found">)
  | { readonly kind: "failed"; readonly problem: Problem };
