import { nameOf } from "../names.ts";
import type { DigestReason, DigestVerdict } from "../verdict.ts";
import type { ChainAnchor, ChainInput, JudgedDigest } from "./chain-judgement.ts";
import { type Content, type Link, rank, windowOf } from "./contents.ts";

/** The digests of a chain after each was held against those that follow it. */
export interface LinkedDigests {
  /** One for each name, and those that are missing. */
  readonly digests: readonly LinkedDigest[];
  /** Other contents under the names of `digests`: not what was signed, or not what the chain goes on from. */
  readonly replaced: readonly LinkedDigest[];
  /** A digest that came now vouches for another content than the anchor's. */
  readonly anchorFault: DigestReason | undefined;
}

export interface LinkedDigest {
  readonly judged: Omit<JudgedDigest, "chainSince">;
  readonly link: Link | undefined;
}

/** Chooses what counts under each name, and follows the links from the newest to the oldest. */
export function linkDigests(contents: ReadonlyMap<string, readonly Content[]>, input: ChainInput): LinkedDigests {
  const anchorName = input.anchor === undefined ? undefined : nameOf(input.anchor);
  const chosen = new Map<string, Content>();
  const vouchers = new Map<string, Link[]>();
  const replaced: LinkedDigest[] = [];
  for (const [name, group] of newestFirst(contents)) {
    const seen = name === anchorName ? input.anchor : undefined;
    const [best, ...others] = [...group].sort(
      (a, b) => rank(a.own) - rank(b.own) || misfit(a, seen, vouchers.get(name)) - misfit(b, seen, vouchers.get(name)),
    );
    if (best === undefined) continue;
    chosen.set(name, best);
    for (const other of others) replaced.push(placed(other, isSigned(other) ? broken("replaced") : other.own));
    if (best.link === undefined) continue;
    const known = vouchers.get(best.link.name);
    if (known === undefined) vouchers.set(best.link.name, [best.link]);
    else known.push(best.link);
  }
  const digests = [...chosen.values()].map((content) => {
    const seen = content.name === anchorName ? input.anchor : undefined;
    return placed(content, afterLinks(content, seen, vouchers.get(content.name)));
  });
  const anchorVouchers = anchorName === undefined ? undefined : vouchers.get(anchorName);
  return {
    digests: [...digests, ...missing(chosen, vouchers, input)],
    replaced,
    anchorFault: input.anchor === undefined ? undefined : contradiction(seenFacts(input.anchor), true, anchorVouchers),
  };
}

/** By the time in their names: a digest is chosen when those that vouch for it were. */
function newestFirst(contents: ReadonlyMap<string, readonly Content[]>) {
  const endOf = (group: readonly Content[]) => group[0]?.object.namedEnd ?? 0;
  return [...contents].sort(([nameA, a], [nameB, b]) => endOf(b) - endOf(a) || (nameA < nameB ? 1 : -1));
}

function isSigned({ own }: Content): boolean {
  return own.kind === "valid";
}

/** What was seen before comes first, then what the next digest vouches for. */
function misfit(content: Content, seen: ChainAnchor | undefined, vouchers: readonly Link[] | undefined): number {
  if (seen !== undefined) return content.object.sha256 === seen.sha256 ? 0 : 2;
  return contradiction(factsOf(content), true, vouchers) === undefined ? 0 : 1;
}

function afterLinks(
  content: Content,
  seen: ChainAnchor | undefined,
  vouchers: readonly Link[] | undefined,
): DigestVerdict {
  if (content.own.kind === "broken") return content.own;
  if (seen !== undefined && content.object.sha256 !== seen.sha256 && isSigned(content)) return broken("replaced");
  const fault = contradiction(factsOf(content), isSigned(content), vouchers);
  return fault === undefined ? content.own : broken(fault);
}

/** One that vouches for it is enough: whoever says otherwise has a window that overlaps. */
function contradiction(
  facts: { readonly sha256: string; readonly signature: string | undefined },
  isSignedDigest: boolean,
  vouchers: readonly Link[] = [],
): DigestReason | undefined {
  let fault: DigestReason | undefined;
  for (const { sha256, signature } of vouchers) {
    const isSameHash = sha256 === undefined || sha256 === facts.sha256;
    const isSameSignature =
      signature === undefined || facts.signature === undefined || signature === facts.signature.toLowerCase();
    if (isSameHash && isSameSignature) return undefined;
    fault = isSignedDigest && !isSameHash && !isSameSignature ? "replaced" : "not-the-one-chained";
  }
  return fault;
}

function seenFacts({ sha256, signature }: ChainAnchor) {
  return { sha256, signature: signature === "" ? undefined : signature };
}

function factsOf({ object }: Content) {
  return { sha256: object.sha256, signature: object.metadata.signature };
}

function missing(
  chosen: ReadonlyMap<string, Content>,
  vouchers: ReadonlyMap<string, readonly Link[]>,
  input: ChainInput,
): readonly LinkedDigest[] {
  const { anchor, isWhole = false } = input;
  const links = [...vouchers.values()].flatMap((known) => known.slice(0, 1));
  const gone = links.filter((link) => !chosen.has(link.name) && isExpected(link, input)).map(linkAsMissing);
  if (anchor === undefined || !isWhole) return gone;
  const name = nameOf(anchor);
  if (chosen.has(name) || gone.some(({ judged }) => judged.name === name)) return gone;
  const { bucket, key, startsAt, endsAt } = anchor;
  return [
    ...gone,
    { judged: { name, bucket, key, startsAt, endsAt, verdict: notFound, object: undefined }, link: undefined },
  ];
}

function isExpected({ name, bucket, endsAt }: Link, { anchor, isWhole = false, from, buckets }: ChainInput): boolean {
  if (buckets !== undefined && !buckets.has(bucket)) return false;
  if (from !== undefined && endsAt < from) return false;
  if (anchor === undefined || isWhole) return true;
  return name !== nameOf(anchor) && endsAt >= anchor.endsAt;
}

const notFound: DigestVerdict = { kind: "missing", reason: "not-found" };

function linkAsMissing({ name, bucket, key, endsAt }: Link): LinkedDigest {
  return {
    judged: { name, bucket, key, startsAt: undefined, endsAt, verdict: notFound, object: undefined },
    link: undefined,
  };
}

function placed({ name, object, link }: Content, verdict: DigestVerdict): LinkedDigest {
  const { bucket, key } = object;
  return { judged: { name, bucket, key, ...windowOf(object), verdict, object }, link };
}

function broken(reason: DigestReason): DigestVerdict {
  return { kind: "broken", reason };
}
