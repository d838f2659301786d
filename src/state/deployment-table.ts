/** Deployments and what set-up did in them, as they last. Contents are JSON that set-up knows the shape of. */
export interface DeploymentTable {
  /** Rejects with `deployment-exists` when the name is taken. */
  add(row: DeploymentRow): Promise<void>;
  /** Replaces the content. */
  change(name: string, content: object): Promise<void>;
  /** Takes its secrets and agreed wiring too; its runs and history stay, to be read. */
  remove(name: string): Promise<boolean>;
  get(name: string): Promise<DeploymentRow | undefined>;
  /** By name. */
  list(): Promise<DeploymentRow[]>;
  secrets(name: string): Promise<Readonly<Record<string, string>>>;
  setSecrets(name: string, secrets: Readonly<Record<string, string>>): Promise<void>;
  /** The wiring that was agreed on. */
  agreed(name: string): Promise<unknown>;
  setAgreed(name: string, wiring: unknown): Promise<void>;

  /** Adds a run or replaces it; when this returns, it lasts. */
  putRun(run: RunRow): Promise<void>;
  getRun(id: string): Promise<RunRow | undefined>;
  /** Newest first. */
  runs(deployment: string, limit: number): Promise<RunRow[]>;

  /** Adds what happened to the deployment's history, or replaces what has the same id. */
  putHistory(entry: HistoryRow): Promise<void>;
  /** Newest first; with `before`, those older than that id's. */
  history(deployment: string, page: { readonly before?: string; readonly limit: number }): Promise<HistoryRow[]>;
}

export interface DeploymentRow {
  readonly name: string;
  readonly content: unknown;
  readonly createdAt: number;
}

export interface RunRow {
  readonly id: string;
  readonly deployment: string;
  readonly status: string;
  readonly startedAt: number;
  readonly content: unknown;
}

export interface HistoryRow {
  /** Grows with time. */
  readonly id: string;
  readonly deployment: string;
  readonly at: number;
  readonly content: unknown;
}
