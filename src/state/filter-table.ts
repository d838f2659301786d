/** A condition that drops events before they are stored. */
export interface FilterRow {
  readonly name: string;
  /** In the language of search. */
  readonly query: string;
  readonly createdAt: number;
  /** Events it has dropped so far. */
  readonly dropped: number;
  readonly lastDroppedAt: number | undefined;
}

export interface FilterTable {
  /** Rejects with `filter-exists` when the name is taken. */
  add(filter: FilterRow): Promise<void>;
  /** Gives whether there was one. */
  remove(name: string): Promise<boolean>;
  /** By name. */
  list(): Promise<FilterRow[]>;
  countDropped(name: string, events: number, at: number): Promise<void>;
}
