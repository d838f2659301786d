/** Incidents, their history, and what is silenced. Each change is one transaction with its line of history. */
export interface IncidentTable {
  /** Writes incidents (new or changed), which findings belong to them, and what is said of it; all or nothing. */
  write(change: IncidentWrite): Promise<void>;
  get(id: string): Promise<IncidentRow | undefined>;
  /** The one with most recent events first. */
  list(ask: IncidentAsk, page: { readonly after?: string | undefined; readonly limit: number }): Promise<IncidentRow[]>;
  count(ask: IncidentAsk): Promise<ReadonlyMap<string, number>>;
  /** Open ones that share a key (an actor, a resource, a credential) and have events in a span. */
  sharing(keys: readonly string[], from: number, to: number): Promise<IncidentRow[]>;
  /** The incident of each finding that has one. */
  incidentOf(findings: readonly string[]): Promise<ReadonlyMap<string, string>>;
  findingsOf(incident: string): Promise<string[]>;
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
  readonly findings?: readonly { readonly finding: string; readonly incident: string | undefined }[];
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
