import type { DigestChain } from "../cloudtrail/index.ts";
import type { AuditAsk, AuditStep } from "./audit/report.ts";
import type { DigestVerdict, Gap, LogVerdict, VerdictKind } from "./verdict.ts";

/** Verifying as the server runs it: judges all that is collected, all the time, and answers for it. */
export interface Verification extends AsyncDisposable {
  /** Begins to judge by itself. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Judges now what is there; for `trailwarden verify` on what was collected, and for tests. */
  judgeNow(signal: AbortSignal): Promise<void>;

  overview(ask: IntegrityAsk): Promise<IntegrityOverview>;
  /** Cells of the grid; hours without anything are left out. */
  grid(ask: IntegrityAsk): Promise<IntegrityGrid>;
  chains(): Promise<readonly ChainView[]>;
  /** All that is known of an hour of an account and region: the evidence behind a cell. */
  hour(ask: { readonly accountId: string; readonly region: string; readonly hour: number }): Promise<HourEvidence>;
  findings(
    ask: IntegrityAsk & { readonly isOpen?: boolean },
    page: { readonly after?: string; readonly limit: number },
  ): Promise<readonly IntegrityFinding[]>;
  /** What may be said of whole days (UTC, of delivery), account by account. */
  statements(ask: IntegrityAsk): Promise<readonly DayStatement[]>;
  /** The verdicts on log files, by id; one that nobody judged yet has none. */
  verdictsOf(logFiles: readonly string[]): Promise<ReadonlyMap<string, VerdictView>>;
  /** Fetches proven log files again and holds them against their digests: a sample, or all of a span. */
  reread(ask: RereadAsk, signal: AbortSignal): AsyncIterable<RereadStep>;
  /** Reads buckets or a folder from end to end, without anything that was collected. */
  audit(ask: AuditRequest, signal: AbortSignal): AsyncIterable<AuditStep>;
  /** A sealed case file, as bytes of a tar.gz; what it claims of itself stands in its manifest. */
  exportCase(ask: CaseAsk, signal: AbortSignal): AsyncIterable<Uint8Array>;
}

export interface IntegrityAsk {
  /** Milliseconds, of delivery. */
  readonly from: number;
  readonly to: number;
  readonly accountId?: string;
  readonly region?: string;
}

export interface IntegrityOverview {
  readonly logFiles: Readonly<Record<VerdictKind, number>>;
  readonly digests: Readonly<Record<"valid" | "unproven" | "broken" | "missing", number>>;
  readonly openFindings: number;
  readonly accounts: number;
  readonly chains: number;
  /** When it was judged last, milliseconds. */
  readonly judgedAt: number | undefined;
  /** One sentence that says how it is. */
  readonly sentence: string;
}

/** How an hour stands; the worst that is true of it. */
export type CellStanding = "proven" | "waiting" | "unproven" | "gap" | "broken";

export interface IntegrityGrid {
  readonly cells: readonly GridCell[];
  /** How long a cell is, milliseconds: an hour, or more where there are too many of them. */
  readonly cellMs: number;
  /** There are more places than are told. */
  readonly isCut: boolean;
}

export interface GridCell {
  readonly accountId: string;
  readonly region: string;
  /** The start of its cell, milliseconds. */
  readonly hour: number;
  readonly standing: CellStanding;
  readonly logFiles: Readonly<Partial<Record<VerdictKind, number>>>;
  /** Valid digests that cover some of it. */
  readonly digests: number;
}

export interface ChainView {
  readonly id: string;
  readonly chain: DigestChain;
  readonly bucket: string;
  /** Of the newest valid digest, milliseconds. */
  readonly head: number | undefined;
  readonly since: number | undefined;
  /** When the next digest is due, milliseconds; nothing where the chain has ended. */
  readonly nextDueAt: number | undefined;
  readonly isOverdue: boolean;
  /** One sentence: unbroken since when, or what is wrong. */
  readonly sentence: string;
}

export interface HourEvidence {
  readonly digests: readonly {
    readonly name: string;
    readonly startsAt: number | undefined;
    readonly endsAt: number;
    readonly verdict: DigestVerdict;
    readonly chainSince: number | undefined;
    readonly sentence: string;
  }[];
  readonly files: readonly VerdictView[];
  readonly isCut: boolean;
  readonly gaps: readonly (Gap & { readonly sentence: string })[];
}

export interface VerdictView {
  /** `s3://bucket/key`, or the path of an imported file. */
  readonly name: string;
  readonly logFile: string;
  readonly verdict: LogVerdict;
  /** One sentence for people, with the digest named. */
  readonly sentence: string;
  readonly judgedAt: number;
}

export type IntegrityFindingKind =
  | "log-broken"
  | "log-missing"
  | "log-undeclared"
  | "log-changed-since"
  | "log-gone-since"
  | "digest-broken"
  | "digest-missing"
  | "digest-replaced"
  | "key-unknown"
  | "gap"
  | "tail-overdue"
  | "chain-ended";

export interface IntegrityFinding {
  readonly id: string;
  readonly kind: IntegrityFindingKind;
  readonly accountId: string;
  readonly region: string;
  readonly from: number;
  readonly to: number;
  readonly foundAt: number;
  readonly settledAt: number | undefined;
  readonly sentence: string;
  readonly help: string;
  /** `s3://bucket/key` of what it is about; empty where there is none. */
  readonly logFile: string;
  readonly digest: string;
}

/** Complete and proven, or why that cannot be said. */
export interface DayStatement {
  readonly accountId: string;
  /** `yyyy-mm-dd`, UTC, of delivery. */
  readonly day: string;
  /** All chains of the account cover the whole day, every log file that they name is here and proven, and no other. */
  readonly isComplete: boolean;
  /** Something is wrong. Where nothing is, a day may be incomplete all the same: it, or its digests, go on. */
  readonly isProblem: boolean;
  /** What is covered, milliseconds; the day may not be over. */
  readonly from: number;
  readonly to: number;
  readonly regions: readonly string[];
  readonly logFiles: number;
  /** `Complete from … to …, proven: …`, `Complete and proven up to …`, `Not proven yet: …` or `Not proven: …`. */
  readonly sentence: string;
  readonly reasons: readonly string[];
}

export interface RereadAsk {
  readonly from?: number;
  readonly to?: number;
  readonly accountId?: string;
  /** At most so many, chosen by chance; all where not given. */
  readonly sample?: number;
}

export type RereadStep =
  | { readonly kind: "progress"; readonly done: number; readonly total: number }
  | { readonly kind: "changed"; readonly name: string; readonly sentence: string }
  | {
      readonly kind: "summary";
      readonly read: number;
      readonly same: number;
      readonly changed: number;
      readonly gone: number;
    };

/** Where to audit: a bucket as a source reaches it, one named with its access, or a folder on the server's disk. */
export interface AuditRequest extends AuditAsk {
  readonly place:
    | { readonly kind: "source"; readonly source: string; readonly publicKeys?: unknown }
    | {
        readonly kind: "bucket";
        readonly bucket: string;
        readonly prefix: string;
        readonly region: string;
        readonly endpoint?: string;
        readonly roleArn?: string;
        readonly externalId?: string;
        readonly secrets?: Readonly<Record<string, string>>;
        readonly publicKeys?: unknown;
      }
    | {
        readonly kind: "folder";
        readonly path: string;
        /** Answers of ListPublicKeys: one, or one for each region by its name. */
        readonly publicKeys?: unknown;
        /** A file with what stood in the metadata of the digests' objects; looked for in the folder where not given. */
        readonly metadata?: string;
      };
}

export interface CaseAsk {
  readonly query: string;
  readonly from: number | undefined;
  readonly to: number | undefined;
  /** What the person calls it; stands on the page. */
  readonly title: string;
  readonly note: string;
  readonly eventsMax: number;
  /** Who makes it, as that person says. */
  readonly by?: string;
  /** Without log files that hold no event of the case, which the AWS CLI then does not find. */
  readonly isLean?: boolean;
}
