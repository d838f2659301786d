import type { PolicyDocument } from "../settings/values.ts";
import { extendStatement } from "./extend-statement.ts";
import { listOf, type Need, needsOf } from "./needs.ts";
import { type FoundStatement, statementsOf } from "./read-statement.ts";
import { allowsNeed, deniesNeed } from "./statement-answers.ts";
import { oneOrMore, type PolicyStatement } from "./statements.ts";

export interface MergedPolicy {
  /** What is there with what was lacking; the very same when nothing was. */
  readonly document: PolicyDocument;
  readonly changed: boolean;
  /** A Deny of somebody's that stops it whatever is allowed: never worked around. */
  readonly blockedBy: unknown;
  /** Why the document does not do, or is not taken by AWS, in one sentence; nothing when all is well. */
  readonly problem: string | undefined;
}

/** What a policy hangs on. */
export type PolicyHome = "bucket" | "topic" | "queue" | "key";

/**
 * The longest policy by what it hangs on, in bytes. S3 User Guide, "Bucket policies for Amazon S3"; SNS and KMS quotas;
 * SQS Developer Guide, "Quotas related to policies".
 */
export const policyBytesMax: Readonly<Record<PolicyHome, number>> = {
  bucket: 20 * 1024,
  topic: 30 * 1024,
  queue: 8 * 1024,
  key: 32 * 1024,
};

/**
 * Puts into a policy what it lacks, and only that: what already is allowed, by whatever statement, is left alone; a
 * statement with our Sid is extended; everything else stays as it is, in its place.
 */
export function mergeStatements(
  present: PolicyDocument | undefined,
  wanted: readonly PolicyStatement[],
  home?: PolicyHome,
): MergedPolicy {
  const before = present ?? { Version: "2012-10-17", Statement: [] };
  const list = wanted.reduce((there, one) => withStatement(there, one), statementsOf(before));
  const found = statementsOf(before);
  const changed = list.length !== found.length || list.some(({ written }, index) => written !== found[index]?.written);
  const document = changed ? { ...before, Statement: list.map(({ written }) => written) } : before;
  const needs = wanted.flatMap(needsOf);
  const blockedBy = list.find(({ read }) => read !== undefined && needs.some((need) => deniesNeed(read, need)));
  const problem = problemOf(document, blockedBy, changed ? home : undefined);
  return { document, changed, blockedBy: blockedBy?.written, problem };
}

function withStatement(there: readonly FoundStatement[], wanted: PolicyStatement): readonly FoundStatement[] {
  const lacking = lackingOf(there, wanted);
  if (lacking.length === 0) return there;
  const ours = there.findIndex(({ sid }) => sid === wanted.Sid);
  const extended = there[ours] === undefined ? undefined : extendStatement(there[ours], lacking);
  if (extended !== undefined) return there.with(ours, extended);
  const added = { ...onlyFor(wanted, lacking), Sid: freeSid(there, wanted.Sid) };
  return [...there, ...statementsOf({ Statement: [added] })];
}

/** What no statement allows yet. */
function lackingOf(there: readonly FoundStatement[], wanted: PolicyStatement): readonly Need[] {
  return needsOf(wanted).filter((need) => !there.some(({ read }) => read !== undefined && allowsNeed(read, need)));
}

/** Our statement with no more in it than what is lacking. */
function onlyFor(wanted: PolicyStatement, lacking: readonly Need[]): PolicyStatement {
  const only = (values: PolicyStatement["Action"], has: (need: Need, value: string) => boolean) =>
    oneOrMore(listOf(values).filter((value) => lacking.some((need) => has(need, value))));
  return {
    ...wanted,
    Action: only(wanted.Action, ({ action }, value) => action === value),
    Resource: only(wanted.Resource, ({ resource }, value) => resource === value),
    Condition: Object.fromEntries(
      Object.entries(wanted.Condition).map(([operator, keys]) => [
        operator,
        Object.fromEntries(
          Object.entries(keys).map(([key, values]) => [
            key,
            only(values, ({ context }, value) => context.get(key.toLowerCase()) === value),
          ]),
        ),
      ]),
    ),
  };
}

/** Our Sid, with a number where a statement has it that cannot be extended. */
function freeSid(there: readonly FoundStatement[], sid: string): string {
  const taken = new Set(there.map(({ sid: its }) => its));
  let free = sid;
  for (let count = 2; taken.has(free); count += 1) free = `${sid}${count}`;
  return free;
}

function problemOf(
  document: PolicyDocument,
  blockedBy: FoundStatement | undefined,
  home: PolicyHome | undefined,
): string | undefined {
  if (blockedBy !== undefined) {
    return `${blockedBy.sid === undefined ? "one of its statements" : `its statement ${blockedBy.sid}`} denies it`;
  }
  if (home === undefined) return undefined;
  const sizeBytes = Buffer.byteLength(JSON.stringify(document));
  const most = policyBytesMax[home];
  return sizeBytes <= most ? undefined : `it would have ${sizeBytes} bytes, and AWS takes ${most}`;
}
