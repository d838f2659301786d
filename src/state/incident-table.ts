/** Incidents, their history, and what is silenced. Each change is one transaction with its line of history. */
export interface IncidentTable {
  /** Writes incidents (new or changed), which findings belong to them, and what is said of it; all or nothing. */
  write(change: IncidentWrite): Promise<void>;
  get(id: string): Promise<IncidentRow | undefined>;
  /** The one with most recent events first. */
  list(ask: IncidentAsk, page: { readonly after?: string | undefined; readonly limit: number }): Promise<IncidentRow[]>;
  /** Those of the ids that there are, merged ones too. */
  rows(ids: readonly string[]): Promise<IncidentRow[]>;
  withNumber(number: number): Promise<IncidentRow | undefined>;
  count(ask: IncidentAsk): Promise<ReadonlyMap<string, number>>;
  /** Open ones that share a key (an actor, a resource, a credential) and have events in a span. */
  sharing(keys: readonly string[], from: number, to: number): Promise<IncidentRow[]>;
  /** The incident of each finding that has one. */
  incidentOf(findings: readonly string[]): Promise<ReadonlyMap<string, string>>;
  findingsOf(incident: string): Promise<string[]>;
  /** What is kept of an incident's findings, the worst first; with how many there are in all. */
  partsOf(incidents: readonly string[], limit: number): Promise<ReadonlyMap<string, IncidentParts>>;
  /** Findings that open nothing alone, by the actor or the access key that they are about, and with events in a span. */
  contextNear(ask: ContextAsk, limit: number): Promise<ContextRow[]>;
  /** What people closed as no matter, by whom it was about. */
  mutesOf(subjects: readonly string[]): Promise<MuteRow[]>;
  history(incident: string): Promise<IncidentHistoryRow[]>;
  /** Lines of all incidents after a number, in their order: how whoever tells people of them goes on. */
  historySince(number: number, limit: number): Promise<IncidentHistoryRow[]>;
  silences(): Promise<SilenceRow[]>;
  putSilence(row: SilenceRow): Promise<void>;
  removeSilence(id: string): Promise<void>;
  /** The next number that people call an incident by. */
  nextNumber(): Promise<number>;
  setting(name: string): Promise<unknown>;
  setSetting(name: string, value: unknown): Promise<void>;
}

export interface IncidentWrite {
  readonly incidents: readonly IncidentRow[];
  readonly findings?: readonly IncidentFindingRow[];
  /** All findings of the first become findings of the second, before `findings` are written. */
  readonly moves?: readonly { readonly from: string; readonly to: string }[];
  readonly context?: readonly ContextRow[];
  /** Context that was seen before is forgotten. */
  readonly forgetContextBefore?: number;
  readonly mutes?: readonly MuteRow[];
  /** Incidents whose mutes end. */
  readonly unmuted?: readonly string[];
  readonly history?: readonly Omit<IncidentHistoryRow, "number">[];
  /** Settings written with it: how far findings were read. */
  readonly settings?: Readonly<Record<string, unknown>>;
}

export interface IncidentRow {
  readonly id: string;
  /** What people call it by: 1, 2, 3, … */
  readonly number: number;
  readonly state: string;
  readonly severity: string;
  readonly title: string;
  readonly owner: string;
  readonly accountIds: readonly string[];
  /** What it is found by: `actor:…`, `key:…`, `resource:…`, `ip:…`. */
  readonly keys: readonly string[];
  /** Of its events, milliseconds. */
  readonly firstAt: number;
  readonly lastAt: number;
  readonly openedAt: number;
  readonly changedAt: number;
  /** Nobody is told of it until then. */
  readonly silentUntil: number | undefined;
  readonly mergedInto: string | undefined;
  /** `IncidentContent` of `incidents/`. */
  readonly content: unknown;
}

/** A finding as a part of an incident; of none, where that is undefined. */
export interface IncidentFindingRow {
  readonly finding: string;
  readonly incident: string | undefined;
  /** What is kept of it is kept, where this is undefined: only its incident changes. */
  readonly part?: IncidentPartRow;
}

export interface IncidentPartRow {
  /** The larger, the worse. */
  readonly rank: number;
  readonly from: number;
  readonly hits: number;
  /** `Part` of `incidents/`. */
  readonly content: unknown;
}

export interface IncidentParts {
  readonly parts: readonly { readonly finding: string; readonly content: unknown }[];
  /** How many there are in all. */
  readonly findings: number;
}

/** A finding that opens no incident alone, remembered for a while. */
export interface ContextRow {
  readonly finding: string;
  readonly actor: string;
  readonly accessKey: string;
  readonly from: number;
  readonly to: number;
  readonly seenAt: number;
  /** `Part` of `incidents/`. */
  readonly content: unknown;
}

export interface ContextAsk {
  readonly actors: readonly string[];
  readonly accessKeys: readonly string[];
  readonly from: number;
  readonly to: number;
}

/** Findings of this rule about this subject are no matter, said with the closing of an incident. */
export interface MuteRow {
  readonly rule: string;
  readonly subject: string;
  readonly incident: string;
  readonly at: number;
}

export interface IncidentAsk {
  readonly states?: readonly string[] | undefined;
  readonly severities?: readonly string[] | undefined;
  readonly accountId?: string | undefined;
  readonly owner?: string | undefined;
  readonly key?: string | undefined;
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

export interface IncidentHistoryRow {
  /** Grows over all incidents. */
  readonly number: number;
  readonly incident: string;
  readonly at: number;
  /** Who did it; empty where it came by itself. */
  readonly by: string;
  readonly kind: string;
  /** `HistoryContent` of `incidents/`. */
  readonly content: unknown;
}

export interface SilenceRow {
  readonly id: string;
  readonly until: number;
  readonly createdAt: number;
  readonly by: string;
  readonly reason: string;
  /** What it silences: `SilenceScope` of `incidents/`. */
  readonly content: unknown;
}
