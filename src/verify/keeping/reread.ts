import { seededRandom } from "../../base/seeded-random.ts";
import type { VerdictRow } from "../../store/index.ts";
import type { RereadAsk, RereadStep } from "../verification.ts";
import { filesAtOnce, type KeepingParts } from "./look.ts";
import type { VerificationOptions } from "./options.ts";
import { Reaching } from "./reaching.ts";
import { rereadFile, rereadsAtOnce, type RereadFile } from "./rereading.ts";

/** Fetches proven log files again, as many as are asked for, and tells what has changed since. */
export async function* reread(
  ask: RereadAsk,
  options: VerificationOptions,
  parts: KeepingParts,
  signal: AbortSignal,
): AsyncGenerator<RereadStep, void, undefined> {
  await using reaching = new Reaching(options);
  const total = await countOf(ask, parts);
  const counts = { same: 0, changed: 0, gone: 0, unknown: 0 };
  let done = 0;
  yield { kind: "progress", done, total };
  for await (const rows of pagesOf(ask, options, parts)) {
    const named = await parts.proofs.named(rows.map(({ name }) => name));
    for (let at = 0; at < rows.length; at += rereadsAtOnce) {
      signal.throwIfAborted();
      const some = rows.slice(at, at + rereadsAtOnce);
      const files = await Promise.all(
        some.map((row) => rereadFile(row, named.get(row.name), parts, { reaching, signal })),
      );
      for (const file of files) {
        counts[file.outcome] += 1;
        if (isTold(file)) yield { kind: "changed", name: file.name, sentence: file.sentence };
      }
      done += files.length;
    }
    yield { kind: "progress", done, total: Math.max(done, total) };
  }
  const { same, changed, gone } = counts;
  yield { kind: "summary", read: same + changed + gone, same, changed, gone };
}

function isTold({ outcome }: RereadFile): boolean {
  return outcome === "changed" || outcome === "gone";
}

async function countOf({ sample, ...span }: RereadAsk, { proofs }: KeepingParts): Promise<number> {
  const hours = await proofs.verdictHours({ ...span, verdicts: ["proven"] });
  const proven = hours.reduce((sum, { counts }) => sum + (counts["proven"] ?? 0), 0);
  return Math.min(proven, sample ?? Infinity);
}

async function* pagesOf(
  { sample, ...span }: RereadAsk,
  { seed }: VerificationOptions,
  { proofs, clock }: KeepingParts,
): AsyncGenerator<readonly VerdictRow[], void, undefined> {
  const isOfSpan = span.from !== undefined || span.to !== undefined || span.accountId !== undefined;
  if (sample !== undefined && !isOfSpan) {
    yield await proofs.sample({ before: clock.now() + 1, limit: sample, seed: seed + clock.now() });
    return;
  }
  const random = seededRandom(seed + clock.now());
  const share = sample === undefined ? 1 : sample / Math.max(1, await countOf(span, { proofs, clock } as KeepingParts));
  let [after, left]: [string | undefined, number] = [undefined, sample ?? Infinity];
  do {
    const page = { limit: filesAtOnce, ...(after === undefined ? {} : { after }) };
    const rows = await proofs.verdictList({ ...span, verdicts: ["proven"] }, page);
    after = rows.length < filesAtOnce ? undefined : rows.at(-1)?.name;
    const some = rows.filter(() => random() < share).slice(0, left);
    left -= some.length;
    yield some;
  } while (after !== undefined && left > 0);
}
