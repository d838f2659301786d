import { chainId, type DigestChain } from "../../cloudtrail/index.ts";
import { sayGap } from "../say/say.ts";
import type { Gap } from "../verdict.ts";
import type { IntegrityFindingKind } from "../verification.ts";
import type { FindingBook } from "./finding-book.ts";
import { helps } from "./finding-words.ts";

/** What a gap is told as. */
export function kindOfGap({ kind }: Gap): IntegrityFindingKind {
  if (kind === "digests-missing") return "digest-missing";
  return kind === "tail" ? "tail-overdue" : "gap";
}

/** Tells the gaps of a chain, and settles those that are no more: a late digest may close one, or make two of it. */
export async function tellGaps(
  findings: FindingBook,
  chain: DigestChain,
  gaps: {
    readonly before: readonly Gap[];
    readonly after: readonly Gap[];
    /** Those that were found just now: they may have been remembered, and not told. */
    readonly found: readonly Gap[];
    /** Ends of windows whose digests are broken: each is told as such. */
    readonly brokenEnds: readonly number[];
  },
): Promise<void> {
  const known = new Set(gaps.before.map((gap) => JSON.stringify(gap)));
  const found = new Set(gaps.found.map((gap) => aboutGap(gap, chain)));
  const now = new Set<string>();
  for (const gap of gaps.after) {
    if (isToldAsBroken(gap, gaps.brokenEnds)) continue;
    now.add(aboutGap(gap, chain));
    if (!known.has(JSON.stringify(gap)) || found.has(aboutGap(gap, chain))) await tellGap(findings, gap, chain);
  }
  for (const gap of gaps.before) {
    const about = aboutGap(gap, chain);
    if (!now.has(about)) await findings.settle(kindOfGap(gap), about);
  }
}

function isToldAsBroken({ kind, from, to, digestsMissing }: Gap, brokenEnds: readonly number[]): boolean {
  const broken = brokenEnds.filter((end) => end > from && end <= to).length;
  return kind === "digests-missing" && broken > 0 && broken >= digestsMissing;
}

export async function tellGap(findings: FindingBook, gap: Gap, chain: DigestChain, words = ""): Promise<void> {
  const kind = kindOfGap(gap);
  const { accountId, region } = chain;
  await findings.tell({
    ...{ kind, about: aboutGap(gap, chain), accountId, region, from: gap.from, to: gap.to, logFile: "" },
    digest: gap.before === "" ? gap.after : gap.before,
    sentence: `${sayGap(gap, chain)}${words}`,
    help: helps[kind],
  });
}

/** The same gap begins where it began, however far it goes by now. */
export function aboutGap({ kind, from }: Pick<Gap, "kind" | "from">, chain: DigestChain): string {
  return `${chainId(chain)} ${kind} ${from}`;
}
