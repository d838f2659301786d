/** Where people are told, who is told what, what waits to be sent, and what was sent. */
export interface NotifyTable {
  channels(): Promise<ChannelRow[]>;
  putChannel(row: ChannelRow, secrets?: Readonly<Record<string, string>>): Promise<void>;
  removeChannel(name: string): Promise<void>;
  /** Never leaves the server. */
  secrets(channel: string): Promise<Readonly<Record<string, string>>>;
  routes(): Promise<RouteRow[]>;
  putRoute(row: RouteRow): Promise<void>;
  removeRoute(name: string): Promise<void>;
  /** Puts what is to be told into the box, once for each id and channel, and settings with it; all or nothing. */
  enqueue(rows: readonly OutboxRow[], settings?: Readonly<Record<string, unknown>>): Promise<void>;
  /** What is due, oldest first. */
  due(now: number, limit: number): Promise<OutboxRow[]>;
  /** When the next one is due. */
  nextDue(): Promise<number | undefined>;
  /** Writes what became of a try, and takes what is done out of the box or sets its next time; all or nothing. */
  settle(tried: readonly OutboxRow[], delivery: Omit<DeliveryRow, "number">, next: number | undefined): Promise<void>;
  /** The newest first. */
  deliveries(
    ask: { readonly channel?: string | undefined; readonly status?: string | undefined },
    page: { readonly after?: number | undefined; readonly limit: number },
  ): Promise<DeliveryRow[]>;
  setting(name: string): Promise<unknown>;
  setSetting(name: string, value: unknown): Promise<void>;
}

export interface ChannelRow {
  readonly name: string;
  /** `email`, `slack`, `teams`, `pagerduty`, `webhook`, `sns`, `syslog`. */
  readonly type: string;
  readonly settings: unknown;
  readonly isPaused: boolean;
  readonly changedAt: number;
}

export interface RouteRow {
  readonly name: string;
  /** `Route` of `notify/`: what it is about, to which channels, when, how it is grouped. */
  readonly content: unknown;
  readonly changedAt: number;
}

export interface OutboxRow {
  /** The same notice has the same id; a channel is told of it once. */
  readonly id: string;
  readonly channel: string;
  readonly route: string;
  /** Notices with the same group that are due together are told together. */
  readonly group: string;
  readonly dueAt: number;
  readonly createdAt: number;
  readonly tries: number;
  /** `Notice` of `notify/`. */
  readonly content: unknown;
}

export interface DeliveryRow {
  readonly number: number;
  readonly channel: string;
  readonly at: number;
  /** `delivered`, `failed` (will be tried again), `given up`. */
  readonly status: string;
  readonly notices: readonly string[];
  readonly subject: string;
  /** What the other side said, shortened; or why it could not be reached. */
  readonly answer: string;
  readonly tookMs: number;
}
