import { z } from "zod";
import type { PolicyDocument } from "../settings/values.ts";

const texts = z.union([z.string(), z.array(z.string())]).transform((value) => [value].flat());
// Conditions of numbers and truths may be written without quotes.
const values = z
  .union([z.string(), z.number(), z.boolean(), z.array(z.union([z.string(), z.number(), z.boolean()]))])
  .transform((value) => [value].flat().map(String));
const principal = z.union([z.literal("*"), z.record(z.string(), texts)]);

const statement = z.object({
  Sid: z.string().optional(),
  Effect: z.enum(["Allow", "Deny"]),
  Principal: principal.optional(),
  NotPrincipal: principal.optional(),
  Action: texts.optional(),
  NotAction: texts.optional(),
  Resource: texts.optional(),
  NotResource: texts.optional(),
  Condition: z.record(z.string(), z.record(z.string(), values)).optional(),
});

const named = z.object({ Sid: z.string() });

/** A statement of anybody's, its lists as lists. */
export type ReadStatement = z.infer<typeof statement>;

/** A statement as it stands in a document, with what was understood of it: nothing when it is none. */
export interface FoundStatement {
  readonly written: unknown;
  /** Its `Sid`; nothing when it has none. */
  readonly sid: string | undefined;
  readonly read: ReadStatement | undefined;
}

/** The statements of a document in their order; one alone may stand without a list. */
export function statementsOf(document: PolicyDocument | undefined): readonly FoundStatement[] {
  const written = document?.["Statement"];
  const list: readonly unknown[] = Array.isArray(written) ? written : written === undefined ? [] : [written];
  return list.map((one) => ({
    written: one,
    sid: named.safeParse(one).data?.Sid,
    read: statement.safeParse(one).data,
  }));
}
