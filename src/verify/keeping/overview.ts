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
    sentence:
      hours.length === 0 ? await emptySentence({ proofs }, counted, typeof judgedAt === "number") : sentenceOf(counted),
  };
}

type Counted = Omit<IntegrityOverview, "judgedAt" | "sentence">;

/** Why there is nothing to count: nothing came, nothing came in this time, or nothing that is judged by itself. */
async function emptySentence(
  { proofs }: Pick<KeepingParts, "proofs">,
  { chains, openFindings }: Counted,
  isJudged: boolean,
): Promise<string> {
  const findings = findingsText(openFindings);
  if (chains > 0) return `No log files were delivered in this time.${findings}`;
  if (!isJudged || (await proofs.readSpan()) === undefined) {
    return `Nothing was judged yet: no log files and no digests of a bucket were collected.${findings}`;
  }
  const [any] = await proofs.verdictHours({}, { spanMs: allMs, limit: 1 });
  if (any !== undefined) return `No log files of this time were judged.${findings}`;
  return "All log files here were imported, and what is judged all the time is what sources collect from buckets. To verify a bucket or a folder from end to end, use trailwarden verify.";
}

function sentenceOf(counted: Counted): string {
  const { logFiles, chains, openFindings } = counted;
  const { proven, waiting, unproven, broken, missing, undeclared } = logFiles;
  const all = proven + waiting + unproven + broken + missing + undeclared;
  const findings = findingsText(openFindings);
  const bad = [isAre(broken, "broken"), isAre(missing, "missing"), isAre(undeclared, "named by no digest")].flat();
  const waits =
    waiting === 0 ? [] : [`${figure(waiting)} ${waiting === 1 ? "waits for its" : "wait for their"} digest`];
  const others = unproven === 0 ? [] : [`${figure(unproven)} cannot be proven`];
  if (bad.length > 0) {
    const rest = [...isAre(proven, "proven"), ...waits, ...others];
    return `Of ${files(all)}, ${listText(bad)}${rest.length === 0 ? "" : `; ${listText(rest)}`}.${findings}`;
  }
  if (waiting === all)
    return `${capital(files(all))} ${all === 1 ? "waits for its" : "wait for their"} digest.${findings}`;
  if (chains === 0 && proven === 0) {
    const more = waits.length === 0 ? "" : `; ${listText(waits)}`;
    return `No digests were collected, so that ${files(unproven)} cannot be proven${more}.${findings}`;
  }
  if (proven === all) {
    const one = all === 1 ? "The one log file is" : `All ${files(all)} are`;
    return `${one} proven.${findings === "" ? " There is nothing to look at." : findings}`;
  }
  return `Of ${files(all)}, ${listText([...isAre(proven, "proven"), ...waits, ...others])}.${findings}`;
}

function isAre(count: number, word: string): readonly string[] {
  return count === 0 ? [] : [`${figure(count)} ${count === 1 ? "is" : "are"} ${word}`];
}

function findingsText(open: number): string {
  return open === 0 ? "" : ` ${figure(open)} ${open === 1 ? "finding is" : "findings are"} open.`;
}

function files(count: number): string {
  return `${figure(count)} log file${count === 1 ? "" : "s"}`;
}

function figure(count: number): string {
  return count.toLocaleString("en-US");
}

function listText(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1) ?? ""}`;
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
