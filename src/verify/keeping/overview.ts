import type { IntegrityAsk, IntegrityOverview } from "../verification.ts";
import type { KeepingParts } from "./look.ts";
import type { VerificationOptions } from "./options.ts";
import { isAsked } from "./chain-views.ts";
import { judgedSetting } from "./rounds.ts";
import { kindOf } from "./verdict-rows.ts";

/** Findings that are counted; more are "so many at least". */
const findingsMax = 10_000;
/** All time there is. */
const allMs = 1e15;

/** How much of what was delivered is proven, and one sentence that says how it is. */
export async function overviewOf(
  ask: IntegrityAsk,
  { state }: Pick<VerificationOptions, "state">,
  { proofs, findings, chains }: KeepingParts,
): Promise<IntegrityOverview> {
  await chains.load();
  const [hours, digestHours, open, judgedAt] = await Promise.all([
    proofs.verdictHours(ask, { spanMs: allMs }),
    proofs.digestHours(ask, { spanMs: allMs, by: "end" }),
    findings.all({ ...ask, isOpen: true }, findingsMax),
    state.integrity.setting(judgedSetting),
  ]);
  const logFiles = { proven: 0, waiting: 0, unproven: 0, broken: 0, missing: 0, undeclared: 0 };
  const digests = { valid: 0, unproven: 0, broken: 0, missing: 0 };
  for (const { counts } of hours) {
    for (const [word, count] of Object.entries(counts)) {
      const kind = kindOf(word);
      if (kind !== undefined) logFiles[kind] += count;
    }
  }
  for (const { counts } of digestHours) {
    for (const kind of ["valid", "unproven", "broken", "missing"] as const) digests[kind] += counts[kind] ?? 0;
  }
  const asked = chains.all().filter(({ chain }) => isAsked(chain, ask));
  const accounts = new Set([...hours.map(({ accountId }) => accountId), ...asked.map(({ chain }) => chain.accountId)]);
  const counted = { logFiles, digests, openFindings: open.length, accounts: accounts.size, chains: asked.length };
  return {
    ...counted,
    judgedAt: typeof judgedAt === "number" ? judgedAt : undefined,
    sentence: sentenceOf(counted),
  };
}

function sentenceOf(counted: Omit<IntegrityOverview, "judgedAt" | "sentence">): string {
  const { logFiles, chains, openFindings } = counted;
  const { proven, waiting, unproven, broken, missing, undeclared } = logFiles;
  const all = proven + waiting + unproven + broken + missing + undeclared;
  if (all === 0 && chains === 0)
    return "Nothing was judged yet: no log files and no digests of a bucket were collected.";
  const bad = [
    [broken, "broken"],
    [missing, "missing"],
    [undeclared, "named by no digest"],
  ].flatMap(([count, word]) => (count === 0 ? [] : [`${count} ${word}`]));
  const findings = openFindings === 0 ? "" : ` ${openFindings} open finding${openFindings === 1 ? "" : "s"}.`;
  if (bad.length > 0) return `Of ${all} log files ${bad.join(", ")}; ${proven} are proven.${findings}`;
  if (chains === 0) return `None of ${all} log files can be proven: no digests were collected.${findings}`;
  const rest = [
    [waiting, "wait for their digest"],
    [unproven, "cannot be proven"],
  ].flatMap(([count, word]) => (count === 0 ? [] : [`${count} ${word}`]));
  const most = rest.length === 0 ? `All ${all} log files are proven` : `${proven} of ${all} log files are proven`;
  return `${[most, ...rest].join(", ")}.${findings === "" ? " There is nothing to look at." : findings}`;
}
