import type { DigestVerdictRow } from "../../store/index.ts";
import type { JudgedDigest } from "../chain/chain-judgement.ts";
import { sayDigest } from "../say/say.ts";
import type { IntegrityFindingKind } from "../verification.ts";
import type { ChainMemory, UnknownKey } from "./chain-memory.ts";
import type { FindingBook } from "./finding-book.ts";
import { helps } from "./finding-words.ts";

/**
 * The finding that a verdict on a digest makes by itself. What is missing is told as the gap that it leaves, and an
 * unknown key once for all digests that it signed.
 */
function kindOf({ verdict, reason }: Pick<DigestVerdictRow, "verdict" | "reason">): IntegrityFindingKind | undefined {
  if (verdict !== "broken") return undefined;
  return reason === "replaced" || reason === "not-the-one-chained" ? "digest-replaced" : "digest-broken";
}

/** What was said of a digest before and is no more is settled. */
export async function settleDigest(
  findings: FindingBook,
  before: DigestVerdictRow | undefined,
  row: DigestVerdictRow,
): Promise<void> {
  const kind = before && kindOf(before);
  if (kind !== undefined && kind !== kindOf(row)) await findings.settle(kind, row.name);
}

/** A digest that is not what it should be is told. */
export async function tellDigest(findings: FindingBook, one: JudgedDigest, row: DigestVerdictRow): Promise<void> {
  const kind = kindOf(row);
  if (kind === undefined) return;
  const { accountId, region, name, startsAt, endsAt } = row;
  await findings.tell({
    ...{ kind, about: name, accountId, region, digest: name, logFile: "" },
    from: startsAt ?? endsAt - 1,
    to: endsAt,
    sentence: sayDigest(one),
    help: helps[kind],
  });
}

/** A key that nobody told is one finding, whatever it signed; it is settled when it is known. */
export async function tellUnknownKeys(
  findings: FindingBook,
  before: readonly UnknownKey[],
  { chain, unknownKeys }: ChainMemory,
): Promise<void> {
  const { accountId, region } = chain;
  const about = (fingerprint: string) => `${accountId} ${region} ${fingerprint}`;
  const now = new Set(unknownKeys.map(({ fingerprint }) => fingerprint));
  for (const { fingerprint } of before) {
    if (!now.has(fingerprint)) await findings.settle("key-unknown", about(fingerprint));
  }
  for (const { fingerprint, from, to } of unknownKeys) {
    await findings.tell({
      ...{ kind: "key-unknown", about: about(fingerprint), accountId, region, from, to, logFile: "", digest: "" },
      sentence: `The public key ${fingerprint} that signed digests of ${accountId} in ${region} is not known: nothing they name can be proven before a source tells it.`,
      help: helps["key-unknown"],
    });
  }
}
