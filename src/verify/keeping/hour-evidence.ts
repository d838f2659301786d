import { chainId } from "../../cloudtrail/index.ts";
import type { VerdictRow } from "../../store/index.ts";
import { sayDigest, sayGap, sayVerdict } from "../say/say.ts";
import type { Gap } from "../verdict.ts";
import type { HourEvidence, VerdictView } from "../verification.ts";
import { judgedOf, paceOf } from "./coverages.ts";
import { gapsOf } from "./grid.ts";
import type { KeepingParts } from "./look.ts";
import { usualPaceMs } from "./options.ts";
import { plainName, verdictOf } from "./verdict-rows.ts";

const hourMs = 3_600_000;
const digestsMax = 1_000;
const filesMax = 500;

/** All that is known of an hour of an account and region. */
export async function hourEvidence(
  { accountId, region, hour }: { readonly accountId: string; readonly region: string; readonly hour: number },
  { proofs, chains, clock }: KeepingParts,
): Promise<HourEvidence> {
  await chains.load();
  const memories = chains.of(accountId, region);
  const longest = Math.max(usualPaceMs, ...memories.map(paceOf));
  const end = hour + hourMs;
  const [rows, files] = await Promise.all([
    proofs.digestVerdicts({ accountId, region, from: hour, to: end + longest }, digestsMax),
    proofs.verdictList({ accountId, region, from: hour, to: end }, { limit: filesMax + 1 }),
  ]);
  const gaps = memories.flatMap((memory) =>
    gapsOf(memory, clock.now())
      .filter((gap) => overlaps(gap, hour, end))
      .map((gap) => ({ ...gap, sentence: sayGap(gap, memory.chain) })),
  );
  const paces = new Map(memories.map((memory) => [chainId(memory.chain), paceOf(memory)]));
  return {
    digests: rows
      .filter(
        ({ startsAt, endsAt, chain }) => endsAt > hour && (startsAt ?? endsAt - (paces.get(chain) ?? hourMs)) < end,
      )
      .map((row) => {
        const judged = judgedOf(row);
        const { name, startsAt, endsAt, verdict, chainSince } = judged;
        return { name, startsAt, endsAt, verdict, chainSince, sentence: sayDigest(judged) };
      }),
    files: files.slice(0, filesMax).map(viewOf),
    isCut: files.length > filesMax,
    gaps,
  };
}

/** A verdict as it is shown. */
export function viewOf(row: VerdictRow): VerdictView {
  const { name, logFile, judgedAt } = row;
  const verdict = verdictOf(row);
  return { name: plainName(name), logFile, verdict, sentence: sayVerdict(verdict), judgedAt };
}

function overlaps({ from, to }: Gap, start: number, end: number): boolean {
  return from < end && Math.max(to, from + 1) > start;
}
