import type { FindingAsk, FindingRow } from "../../state/index.ts";

/** Detecting as the server runs it: judges whatever is stored, once, and tells what it found. */
export interface Detection extends AsyncDisposable {
  /** Begins to judge by itself. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Something was stored: it is judged at once. */
  stored(): void;
  /** Judges all that waits, and the spans that correlations are to be judged on once more. */
  judgeNow(signal: AbortSignal): Promise<void>;
  status(): Promise<DetectionStatus>;
  findings(ask: FindingAsk, page: { readonly after?: string; readonly limit: number }): Promise<readonly FindingRow[]>;
  finding(id: string): Promise<FindingDetails | undefined>;
  /** The rules that events have hit, by `account/eventID`. */
  hitsOn(events: readonly string[]): Promise<ReadonlyMap<string, readonly { rule: string; finding: string }[]>>;
  /** Called after findings changed; returns how to stop. */
  onFindings(listener: () => void): () => void;
}

export interface DetectionStatus {
  readonly waitingLogFiles: number;
  readonly waitingEvents: number;
  /** When the last round ended, milliseconds. */
  readonly judgedAt: number | undefined;
  readonly rules: number;
  readonly correlations: number;
  readonly staged: number;
  /** Spans that are still to be judged once more. */
  readonly spans: number;
  /** What keeps it from judging, as a sentence. */
  readonly problem: string | undefined;
}

export interface FindingDetails {
  readonly finding: FindingRow;
  readonly facts: HitFacts;
  /** Evidence: event keys, oldest first, at most 1,000. */
  readonly events: readonly string[];
}

/** What is kept of a hit for people: enough to understand it in a list, without the event. */
export interface HitFacts {
  readonly title: string;
  /** What fired: a rule, a correlation, a search's correlation, a threat list. */
  readonly of: "rule" | "correlation" | "search" | "threat-list";
  readonly tags: readonly string[];
  readonly eventName: string;
  readonly eventSource: string;
  readonly errorCode: string;
  readonly actorName: string;
  readonly principalArn: string;
  readonly accessKey: string;
  readonly sourceIp: string;
  readonly userAgent: string;
  readonly resources: readonly string[];
  /** Of a correlation: what was held against its condition, and the values that it groups by. */
  readonly value: number | undefined;
  readonly groupBy: readonly { readonly field: string; readonly value: string }[];
  /** Of a threat list: the entry, and the list's word on it. */
  readonly indicator: string | undefined;
}
