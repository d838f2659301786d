/** A file that a source has fetched, on its way into the store. */
export interface FetchedFile {
  /** What it is listed as: `s3://bucket/key`, `lookup://…`; the same object always has the same name. */
  readonly name: string;
  /** Changes when the object does. */
  readonly version: string;
  readonly source: string;
  /** Held in memory, or lying on disk; the intake removes that file unless it is lent. */
  readonly content:
    | { readonly bytes: Buffer }
    | { readonly path: string; readonly sizeBytes: number; readonly isLent?: boolean };
  /** What fairness is about: the account, or the source where no account is known. */
  readonly lane: string;
}

/** What became of it; its events are on disk and searchable. */
export interface FileOutcome {
  readonly name: string;
  readonly version: string;
  /** The wrapper that its records were in, or why there were none to read. */
  readonly kind: string;
  readonly records: number;
  /** Events that it was the first to bring. */
  readonly stored: number;
  readonly duplicates: number;
  readonly rejected: number;
  /** Events that filters left out. */
  readonly dropped: number;
  readonly lastEventAt: number | undefined;
  /** Why it was skipped, or what was wrong with it; empty when nothing was. */
  readonly note: string;
}

/** Room in memory for one file; given back when the file is stored or given up. */
export interface Room extends Disposable {
  readonly bytes: number;
}

/**
 * The one way into the store for everything that sources fetch. Files of all sources go in together, in batches; memory
 * is bounded, and lanes take turns, so that one loud account does not starve the rest.
 */
export interface Intake extends AsyncDisposable {
  /** Waits for its turn and for room. Ask before fetching. */
  room(lane: string, bytes: number, signal: AbortSignal): Promise<Room>;
  /** Resolves when the file's events are committed; rejects when they are not, and then nothing counts as read. */
  take(file: FetchedFile): Promise<FileOutcome>;
}
