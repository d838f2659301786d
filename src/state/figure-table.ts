/** How much there is of what rules found and what people are told, counted by indexes: for whoever looks every few seconds. */
export interface FigureTable {
  /** Findings that are no part of another one, by severity. */
  findings(): Promise<FindingFigure[]>;
  /** Incidents that are no part of another one and not in a state such as `closed`. */
  incidents(without: string): Promise<IncidentFigure[]>;
  /** Tries to tell people since a time, milliseconds, by what came of them. */
  deliveries(since: number): Promise<DeliveryFigure[]>;
}

export interface FindingFigure {
  readonly level: string;
  readonly isStaged: boolean;
  readonly count: number;
}

export interface IncidentFigure {
  readonly state: string;
  readonly severity: string;
  readonly count: number;
}

export interface DeliveryFigure {
  readonly channel: string;
  /** As in the log: `delivered`, `failed`, `given up`. */
  readonly status: string;
  readonly count: number;
}
