/** A source of log files as it lasts. */
export interface SourceRow {
  /** Given by a person; unique, and what its log files are listed under. */
  readonly name: string;
  /** Kind: `queue`, `bucket`, … */
  readonly type: string;
  /** What its kind's schema accepted. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly isPaused: boolean;
  readonly createdAt: number;
  readonly changedAt: number;
}

/** What a source has brought since it was added; kept across restarts. */
export interface SourceFigures {
  readonly messages: number;
  readonly logFiles: number;
  readonly events: number;
  readonly duplicates: number;
  /** What was no log file, by kind: `test message`, `digest`, `folder`, … */
  readonly swallowed: Readonly<Record<string, number>>;
  readonly firstFileAt: number | undefined;
  readonly lastFileAt: number | undefined;
  /** Time of the newest event, by its own clock. */
  readonly lastEventAt: number | undefined;
}

/** A message that could not be understood or used, kept whole until a person sends it again or drops it. */
export interface SetAsideMessage {
  readonly id: string;
  readonly source: string;
  readonly body: string;
  readonly reason: string;
  /** How often it was received before it was set aside. */
  readonly received: number;
  readonly setAsideAt: number;
}

export interface SourceTable {
  /** Rejects with `source-exists` when the name is taken. */
  add(source: SourceRow): Promise<void>;
  change(name: string, change: Partial<Pick<SourceRow, "settings" | "isPaused">>, at: number): Promise<void>;
  /** Takes the source with its secrets, memory, figures and messages; its ledger and events stay. */
  remove(name: string): Promise<void>;
  get(name: string): Promise<SourceRow | undefined>;
  /** By name. */
  list(): Promise<SourceRow[]>;
  /** Kept apart from the settings, so that those can be shown. */
  secrets(name: string): Promise<Readonly<Record<string, string>>>;
  setSecrets(name: string, secrets: Readonly<Record<string, string>>): Promise<void>;
  figures(name: string): Promise<SourceFigures>;
  setFigures(name: string, figures: SourceFigures): Promise<void>;
  /** What a source keeps for itself: cursors, windows that are done. Values are JSON. */
  memory(source: string, prefix?: string): Promise<ReadonlyMap<string, unknown>>;
  remember(source: string, values: ReadonlyMap<string, unknown>): Promise<void>;
  forget(source: string, keys: readonly string[]): Promise<void>;
  /** The same id again changes nothing. */
  setAside(message: SetAsideMessage): Promise<void>;
  aside(source: string, page: { readonly after?: string; readonly limit: number }): Promise<SetAsideMessage[]>;
  asideCount(source: string): Promise<number>;
  dropAside(source: string, ids: readonly string[]): Promise<void>;
}
