import { chainOfKey, type DigestChain } from "../../cloudtrail/index.ts";
import { awsAuthority } from "../../collect/index.ts";
import type { StoredDigest } from "../../store/index.ts";
import type { ChainAnchor, ChainJudgement, JudgedDigest } from "../chain/chain-judgement.ts";
import { judgeChain } from "../chain/judge-chain.ts";
import { digestObjectOf } from "../digests/read-digest-object.ts";
import type { Gap } from "../verdict.ts";
import { tellGaps } from "./chain-findings.ts";
import { gapsAfter, type ChainHead, type ChainMemory, type UnknownKey } from "./chain-memory.ts";
import { tellUnknownKeys } from "./digest-findings.ts";
import { DigestRows, type JudgedPage } from "./digest-rows.ts";
import type { FileJudge } from "./judge-files.ts";
import type { KeepingParts, Look, Scope } from "./look.ts";
import { nameOfLogFile, objectOfName } from "../names.ts";
import { gapsOfPages } from "./page-gaps.ts";
import { usualPaceMs } from "./options.ts";

/** Digests of a chain that are in memory at once. */
const digestsAtOnce = 200;
/** How far back the last valid digest is looked for at first, then four times as far, and at last from the beginning. */
const anchorSearchMs = [6 * 3_600_000, 24 * 3_600_000, 96 * 3_600_000, 30 * 86_400_000];

/** Judges chains: from where they were judged last or, when an older digest comes late, from before that one. */
export class ChainJudge {
  readonly #parts: KeepingParts;
  readonly #rows: DigestRows;

  constructor(parts: KeepingParts, files: FileJudge) {
    this.#parts = parts;
    this.#rows = new DigestRows(parts, files);
  }

  /** Gives whose log files may have another verdict now; nothing where no digest could be read. */
  async judge(id: string, from: number, look: Look): Promise<Scope | undefined> {
    const before = this.#parts.chains.get(id);
    const anchor = await this.#anchorBefore(id, from, before);
    const run = newRun(anchor, before);
    for await (const page of this.#pages(id, run)) {
      look.signal.throwIfAborted();
      await this.#judgePage(run, page, look);
    }
    if (run.chain === undefined || run.newest === undefined) return undefined;
    const memory = memoryOf(run, { ...run, chain: run.chain, newest: run.newest });
    const gaps = { before: before?.gaps ?? [], after: memory.gaps, found: run.gaps, brokenEnds: [...run.brokenEnds] };
    await this.#remember(before, memory);
    await tellGaps(this.#parts.findings, run.chain, gaps);
    await tellUnknownKeys(this.#parts.findings, before?.unknownKeys ?? [], memory);
    await this.#parts.chains.put(memory, this.#parts.clock.now());
    const { accountId, region } = run.chain;
    const margin = 3 * (memory.anchor?.paceMs ?? usualPaceMs);
    return { accountId, region, from: run.from - margin, to: run.to + margin };
  }

  /**
   * What will be told is remembered first, with all that was told before: whoever is stopped between the two must know
   * what to settle. Judging begins where it began.
   */
  async #remember(before: ChainMemory | undefined, memory: ChainMemory): Promise<void> {
    const known = before ?? { ...memory, anchor: undefined, gaps: [], unknownKeys: [] };
    const gaps = newOf(known.gaps, memory.gaps, ({ kind, from }) => `${kind} ${from}`);
    const unknownKeys = newOf(known.unknownKeys, memory.unknownKeys, ({ fingerprint }) => fingerprint);
    if (gaps.length + unknownKeys.length === 0) return;
    const told = { gaps: [...known.gaps, ...gaps], unknownKeys: [...known.unknownKeys, ...unknownKeys] };
    await this.#parts.chains.put({ ...known, ...told }, this.#parts.clock.now());
  }

  /** What comes late is held against the last valid digest before it. */
  async #anchorBefore(id: string, from: number, memory: ChainMemory | undefined): Promise<ChainAnchor | undefined> {
    // Digests for late files follow no time: their chain is judged as a whole.
    if (memory?.anchor === undefined || memory.chain.isBackfill) return undefined;
    if (memory.anchor.endsAt < from) return memory.anchor;
    for (const span of anchorSearchMs) {
      const rows = await this.#parts.proofs.digestVerdicts({ chain: id, from: from - span, to: from }, 5_000);
      const last = rows.findLast(({ verdict }) => verdict === "valid");
      if (last?.chainSince === undefined) continue;
      const stored = await this.#parts.proofs.digest(last.name);
      if (stored?.signature === undefined || last.startsAt === undefined) continue;
      const { bucket, key, sha256, signature, endsAt } = stored;
      const { startsAt, chainSince } = last;
      return { bucket, key, sha256, signature, startsAt, endsAt, chainSince, paceMs: memory.anchor.paceMs };
    }
    return undefined;
  }

  async *#pages(id: string, run: ChainRun): AsyncGenerator<readonly StoredDigest[], void, undefined> {
    let from = run.anchor === undefined ? undefined : run.anchor.endsAt + 1;
    for (;;) {
      const span = { limit: digestsAtOnce, ...(from === undefined ? {} : { from }) };
      const page = await this.#parts.proofs.digests(id, span);
      const last = page.at(-1);
      if (last === undefined) return;
      if (page.length < digestsAtOnce) {
        yield page;
        return;
      }
      // All contents of one key are judged together.
      const whole = page.filter(({ endsAt }) => endsAt < last.endsAt);
      yield whole.length > 0 ? whole : page;
      const next = whole.length > 0 ? last.endsAt : last.endsAt + 1;
      // What lies behind the last valid digest is judged with those that come next.
      const behind: number = run.anchor === undefined ? next : run.anchor.endsAt + 1;
      from = behind > (from ?? -Infinity) && behind < next ? behind : next;
    }
  }

  async #judgePage(run: ChainRun, page: readonly StoredDigest[], look: Look): Promise<void> {
    const [first] = page;
    const read = first && objectOfName(first.name)?.read;
    const chain = read && chainOfKey(read);
    if (first === undefined || chain === undefined) return;
    const judged = await this.#judgeWithKeys(run, chain, page, look);
    await this.#rows.settle(
      { chain, page, judged: judged.digests, withdrawn: run.withdrawn } satisfies JudgedPage,
      look,
    );
    run.chain = chain;
    run.newest = page.at(-1);
    // A digest that bears a time to come must not keep the next one from being missed.
    const isPresent = ({ verdict, endsAt }: JudgedDigest) =>
      verdict.kind === "valid" || endsAt <= this.#parts.clock.now();
    const newest = judged.digests.findLast((one) => one.object !== undefined && isPresent(one));
    if (newest !== undefined) run.head = headOf(newest);
    const anchorEndsAt = run.anchor?.endsAt;
    const isBehindAnchor = run.judgedTo >= first.endsAt || run.judgedTo <= (anchorEndsAt ?? -Infinity);
    run.gaps = gapsOfPages(run.gaps, judged.gaps, { anchorEndsAt, isBehindAnchor });
    run.unknown = [
      ...run.unknown.filter(({ endsAt }) => endsAt < first.endsAt),
      ...judged.digests.filter(isKeyUnknown),
    ];
    run.judgedTo = Math.max(run.judgedTo, page.at(-1)?.endsAt ?? -Infinity);
    run.anchor = judged.anchor;
    for (const { startsAt, endsAt, object, verdict } of judged.digests) {
      run.from = Math.min(run.from, startsAt ?? endsAt);
      run.to = Math.max(run.to, endsAt);
      if (verdict.kind === "broken") run.brokenEnds.add(endsAt);
      if (verdict.kind === "valid") run.beganAt = Math.min(run.beganAt, startsAt ?? endsAt);
      for (const file of object?.digest?.logFiles ?? []) {
        const kind = objectOfName(nameOfLogFile(file))?.read?.kind;
        if (kind !== undefined) run.kinds.add(kind);
      }
    }
  }

  /** Asks for the keys that are not known, and judges again with those that were told. */
  async #judgeWithKeys(
    run: ChainRun,
    chain: DigestChain,
    page: readonly StoredDigest[],
    look: Look,
  ): Promise<ChainJudgement> {
    const { keys } = this.#parts;
    const source = page.at(-1)?.source ?? "";
    const authority = await look.reaching.authorityOf(source, run.before?.authority);
    run.authority = authority;
    const input = { chain, digests: page.map(digestObjectOf), keys: keys.book(authority) };
    const judge = () => judgeChain(run.anchor === undefined ? input : { ...input, anchor: run.anchor });
    const judged = judge();
    let isMoreKnown = false;
    for (const unknown of unknownKeysOf(judged.digests)) {
      const isTold = await keys.ask({ authority, region: chain.region, ...unknown }, source, look);
      isMoreKnown ||= isTold;
    }
    return isMoreKnown ? judge() : judged;
  }
}

/** What one judging of a chain has found so far. */
interface ChainRun {
  chain: DigestChain | undefined;
  newest: StoredDigest | undefined;
  authority: string;
  anchor: ChainAnchor | undefined;
  head: ChainHead | undefined;
  /** End of the last window of the pages before. */
  judgedTo: number;
  from: number;
  to: number;
  beganAt: number;
  readonly startedAt: number;
  readonly before: ChainMemory | undefined;
  gaps: readonly Gap[];
  /** Ends of windows whose digests are broken, which is told of themselves. */
  readonly brokenEnds: Set<number>;
  unknown: readonly JudgedDigest[];
  readonly kinds: Set<string>;
  readonly withdrawn: Set<string>;
}

function newRun(anchor: ChainAnchor | undefined, before: ChainMemory | undefined): ChainRun {
  return {
    authority: before?.authority ?? awsAuthority,
    ...{
      chain: undefined,
      newest: undefined,
      anchor,
      judgedTo: -Infinity,
      from: Infinity,
      to: -Infinity,
      beganAt: Infinity,
    },
    head: anchor && headOf(anchor),
    ...{ startedAt: anchor?.endsAt ?? -Infinity, before, gaps: [], unknown: [], brokenEnds: new Set() },
    kinds: new Set(before?.kinds),
    withdrawn: new Set(before?.withdrawn),
  };
}

function memoryOf(
  { before, startedAt, gaps, unknown, kinds, withdrawn, ...run }: ChainRun,
  { chain, newest }: { readonly chain: DigestChain; readonly newest: StoredDigest },
): ChainMemory {
  const read = objectOfName(newest.name)?.read;
  const beganAt = Math.min(before?.beganAt ?? Infinity, run.beganAt);
  return {
    chain,
    bucket: newest.bucket,
    prefix: read?.folder?.prefix ?? "",
    source: newest.source,
    authority: run.authority,
    anchor: run.anchor,
    head: run.head,
    beganAt: Number.isFinite(beganAt) ? beganAt : undefined,
    gaps: gapsAfter(before?.gaps ?? [], gaps, startedAt),
    kinds: [...kinds].sort(),
    unknownKeys: [...(before?.unknownKeys ?? []).filter(({ to }) => to <= startedAt), ...unknownKeysOf(unknown)],
    withdrawn: [...withdrawn].sort().slice(-1_000),
    tail: before?.tail ?? { isOverdue: false },
  };
}

function newOf<Item>(known: readonly Item[], found: readonly Item[], idOf: (item: Item) => string): readonly Item[] {
  const ids = new Set(known.map(idOf));
  return found.filter((item) => !ids.has(idOf(item)));
}

function headOf({ bucket, key, endsAt }: ChainHead): ChainHead {
  return { bucket, key, endsAt };
}

function isKeyUnknown({ verdict }: JudgedDigest): boolean {
  return verdict.reason === "key-unknown";
}

function unknownKeysOf(digests: readonly JudgedDigest[]): readonly UnknownKey[] {
  const byKey = Map.groupBy(
    digests.filter(isKeyUnknown),
    ({ object }) => object?.digest?.digestPublicKeyFingerprint ?? "",
  );
  return [...byKey].slice(0, 50).map(([fingerprint, signed]) => {
    // A digest for late log files is signed long after its window.
    const times = signed.map(({ endsAt, object }) => Date.parse(object?.metadata.backfillGeneratedAt ?? "") || endsAt);
    return { fingerprint: fingerprint.slice(0, 100), from: Math.min(...times), to: Math.max(...times) };
  });
}
