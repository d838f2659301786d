import { chunksOf } from "../../base/chunks.ts";
import { forEachAtOnce } from "../../base/for-each-at-once.ts";
import type { LedgerEntry } from "../../state/index.ts";
import type { NamedLogFile, ReadLogFile, VerdictRow } from "../../store/index.ts";
import type { JudgedDigest } from "../chain/chain-judgement.ts";
import { judgeNamed, judgeUnnamed } from "../files/judge-log-file.ts";
import type { Coverage, SeenLogFile } from "../files/seen-log-file.ts";
import type { LogVerdict } from "../verdict.ts";
import { Coverages } from "./coverages.ts";
import { settleFile, tellChangedSince, tellFile } from "./file-findings.ts";
import { filesAtOnce, type KeepingParts, type Look } from "./look.ts";
import { LookAgain } from "./look-again.ts";
import { dayOfFolder, objectOfName, type NamedObject } from "../names.ts";
import { graceMs, usualPaceMs } from "./options.ts";
import { QuietFiles } from "./quiet-files.ts";
import { isSameVerdict, nameOfReading, rowOf } from "./verdict-rows.ts";

/** A log file with all that is known of it. */
export interface KnownFile {
  readonly name: string;
  readonly object: NamedObject;
  readonly named: NamedLogFile | undefined;
  readonly read: ReadLogFile | undefined;
  readonly entry: LedgerEntry | undefined;
  readonly known: VerdictRow | undefined;
}

const [hourMs, dayMs] = [3_600_000, 86_400_000];
/** Names of unread log files that are remembered. */
const unreadMax = 100_000;
/** Objects that are fetched once more at the same time. */
const fetchesAtOnce = 8;

/** Judges log files by what digests and reading say of them, and writes down what has changed. */
export class FileJudge {
  readonly #parts: KeepingParts;
  readonly #lookAgain: LookAgain;
  readonly #quiet: QuietFiles;
  /** Names that digests name and nobody has read yet; what does not fit is found in the sweep. */
  readonly #unread = new Set<string>();
  #loading: Promise<void> | undefined;

  constructor(parts: KeepingParts) {
    this.#parts = parts;
    this.#lookAgain = new LookAgain(parts.clock);
    this.#quiet = new QuietFiles(parts.proofs);
  }

  async load(): Promise<void> {
    this.#loading ??= this.#load().catch((error: unknown) => {
      this.#loading = undefined;
      throw error;
    });
    return this.#loading;
  }

  /** Some of those that were not read when they were judged, those first that have waited longest for a look. */
  takeUnread(limit: number): readonly string[] {
    const taken = [...this.#unread].slice(0, limit);
    for (const name of taken) this.#unread.delete(name);
    return taken;
  }

  /** Some of those that no digest names and that were not told of yet, when it is time. */
  takeQuiet(limit: number): readonly string[] {
    return this.#quiet.takeDue(this.#parts.clock.now(), limit);
  }

  async judge(names: readonly string[], look: Look): Promise<void> {
    // What lies together is looked up together.
    for (const some of chunksOf([...names].sort(), filesAtOnce)) {
      look.signal.throwIfAborted();
      await this.#judgeSome(some, look);
    }
  }

  async #judgeSome(names: readonly string[], look: Look): Promise<void> {
    const { proofs, clock } = this.#parts;
    const files = await this.#know(names);
    const unnamed = files.filter(({ named, read }) => named === undefined && read !== undefined);
    const coverages = new Coverages(this.#parts);
    await coverages.load(unnamed.map(({ object, read }) => ({ object, at: deliveredAt(object, read) })));
    const rows: VerdictRow[] = [];
    await forEachAtOnce(files, fetchesAtOnce, async (file) => {
      if (file.read === undefined && this.#unread.size < unreadMax) this.#unread.add(file.name);
      const verdict = await this.#verdictOf(file, coverages, look);
      if (verdict === undefined) return;
      const row = rowOf(file, verdict, { at: clock.now(), deliveredAt: deliveredAt(file.object, file.read) });
      rows.push(...(await this.#settle(file, row, verdict, coverages.of(file.object).paceMs)));
    });
    if (rows.length > 0) await proofs.putVerdicts(rows);
  }

  /** Tells what is new about a file, and gives what is to be written. */
  async #settle(file: KnownFile, row: VerdictRow, verdict: LogVerdict, paceMs: number): Promise<readonly VerdictRow[]> {
    const { findings, clock } = this.#parts;
    const { known, read } = file;
    const isQuiet = this.#quiet.isQuiet(row, { readAt: read?.readAt ?? 0, paceMs }, clock.now());
    if (known !== undefined && isSameVerdict(known, row)) {
      if (row.verdict === "undeclared" && !isQuiet) await tellFile(findings, row, verdict);
      return [];
    }
    const isReadAnew = known?.verdict === "proven" && row.verdict === "broken" && known.logFile !== row.logFile;
    if (!isReadAnew) {
      await settleFile(findings, known, row);
      if (!isQuiet) await tellFile(findings, row, verdict);
      return [row];
    }
    const beside = { ...row, name: nameOfReading(row.name, row.logFile) };
    await tellChangedSince(findings, row, verdict);
    const last = (await this.#parts.proofs.verdicts([beside.name])).get(beside.name);
    return last !== undefined && isSameVerdict(last, beside) ? [] : [beside];
  }

  async #load(): Promise<void> {
    await this.#quiet.load();
    let after: string | undefined;
    do {
      const page = { limit: filesAtOnce, ...(after === undefined ? {} : { after }) };
      const rows = await this.#parts.proofs.verdictList({ verdicts: ["waiting", "missing"] }, page);
      for (const { name, logFile } of rows) if (logFile === "0") this.#unread.add(name);
      after = rows.length < filesAtOnce ? undefined : rows.at(-1)?.name;
    } while (after !== undefined && this.#unread.size < unreadMax);
  }

  async #know(names: readonly string[]): Promise<readonly KnownFile[]> {
    const { proofs, ledger } = this.#parts;
    const [named, read, known, entries] = await Promise.all([
      proofs.named(names),
      proofs.readLogFiles(names),
      proofs.verdicts(names),
      ledger.entries(names),
    ]);
    const byName = new Map(entries.map((entry) => [entry.name, entry]));
    return names.flatMap((name) => {
      const object = objectOfName(name);
      if (object === undefined) return [];
      const of = { named: named.get(name), read: read.get(name), known: known.get(name), entry: byName.get(name) };
      return [{ name, object, ...of }];
    });
  }

  /** Nothing where nothing can be said now. */
  async #verdictOf(file: KnownFile, coverages: Coverages, look: Look): Promise<LogVerdict | undefined> {
    const { named, read, object } = file;
    if (named !== undefined) return this.#verdictOfNamed({ ...file, named }, look);
    if (read === undefined) return undefined;
    const kind = object.read?.kind ?? "unknown";
    const now = this.#parts.clock.now();
    const coverage = coverages.of(object);
    return leastAccusing(
      instantsOf(object, read).map((at) => judgeUnnamed({ deliveredAt: at, kind }, coverage, now)),
      (verdict) => this.#withBeginning(verdict, file, coverage),
    );
  }

  /** What lies before all that was seen of its chains lies before the chain, however far away that is. */
  #withBeginning(verdict: LogVerdict, { object, read }: KnownFile, coverage: Coverage): LogVerdict {
    if (verdict.kind !== "unproven" || (verdict.reason !== "no-digests" && verdict.reason !== "not-covered"))
      return verdict;
    if (coverage.spans.length > 0) return verdict;
    const began = this.#parts.chains.beganAt(object);
    if (began === undefined) return this.#withoutChain(verdict, deliveredAt(object, read));
    return { ...verdict, reason: deliveredAt(object, read) < began ? "before-chain" : "not-covered" };
  }

  /** The first digest of a trail comes an hour after its first log file: whether there will be one is not known before. */
  #withoutChain(verdict: LogVerdict, at: number): LogVerdict {
    const dueAt = at + usualPaceMs + graceMs;
    if (this.#parts.clock.now() > dueAt) return { ...verdict, reason: "no-digests" };
    return { ...verdict, kind: "waiting", reason: "digest-not-due", dueAt };
  }

  async #verdictOfNamed(
    file: KnownFile & { readonly named: NamedLogFile },
    look: Look,
  ): Promise<LogVerdict | undefined> {
    const { named, read, entry, known } = file;
    const digest = this.#digestOf(named);
    const judged = (seen: SeenLogFile | "not-found" | "not-read-yet" | "not-selected") =>
      judgeNamed({ hashValue: named.sha256, name: named.name }, digest, seen);
    if (read === undefined) {
      if (entry?.state === "left out") return judged("not-selected");
      return judged(await this.#lookAgain.isThere(file, look));
    }
    const first = judged(seenByReading(file, read));
    if (first.kind !== "broken") return first;
    // It was looked at twice when it was first called so.
    if (known?.verdict === "broken" && known.logFile === read.logFile && known.digest === first.digest)
      return undefined;
    const again = await this.#lookAgain.fetch(file, look);
    if (again === "later") return undefined;
    if (again === "unreachable" || again === "not-found") return first;
    const second = judged(again);
    // Bytes that we read whole and that are others than those signed are what we hold, whatever lies there by now.
    const isOurCopyOther = read.sha256 !== "" && read.sha256 !== named.sha256 && read.note === "";
    return second.kind === "proven" && isOurCopyOther ? first : second;
  }

  #digestOf({ digest, digestEndsAt, chainSince }: NamedLogFile): JudgedDigest {
    const { bucket = "", key = "" } = objectOfName(digest) ?? {};
    const isWithdrawn = this.#parts.chains.isWithdrawn(digest);
    return {
      ...{ name: digest, bucket, key, startsAt: undefined, endsAt: digestEndsAt, object: undefined },
      verdict: isWithdrawn ? { kind: "broken", reason: "replaced" } : { kind: "valid", reason: "" },
      chainSince: isWithdrawn ? undefined : chainSince,
    };
  }
}

function seenByReading({ object }: KnownFile, read: ReadLogFile): SeenLogFile {
  const { sha256, gzipMembers, bytesBehind } = read;
  return { bucket: object.bucket, key: object.key, sha256, gzipMembers, bytesBehind, inflateFault: undefined };
}

function deliveredAt(object: NamedObject, read: ReadLogFile | undefined): number {
  const told = toldAt(object, read) ?? dayOfFolder(object.read);
  return told ?? read?.readAt ?? 0;
}

/**
 * When its name says that it was delivered. What was read before that bears a made-up time, and would wait for a digest
 * for ever.
 */
function toldAt(object: NamedObject, read: ReadLogFile | undefined): number | undefined {
  const told = read?.deliveredAt ?? object.read?.deliveredAt;
  if (told === undefined || read === undefined || told <= read.readAt + hourMs) return told;
  return read.readAt;
}

/** When it may have been delivered: a name that tells no time leaves each hour of its folder's day. */
function instantsOf(object: NamedObject, read: ReadLogFile): readonly number[] {
  const told = toldAt(object, read);
  const day = dayOfFolder(object.read);
  if (told !== undefined || day === undefined) return [told ?? read.readAt];
  return Array.from({ length: dayMs / hourMs }, (_, hour) => day + hour * hourMs);
}

/** A file is called undeclared only when that is so whenever it was delivered. */
function leastAccusing(
  verdicts: readonly LogVerdict[],
  then: (verdict: LogVerdict) => LogVerdict,
): LogVerdict | undefined {
  const verdict =
    verdicts.find(({ kind }) => kind === "unproven") ??
    verdicts.findLast(({ kind }) => kind === "waiting") ??
    verdicts[0];
  return verdict && then(verdict);
}
