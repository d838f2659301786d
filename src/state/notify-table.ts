/** Where people are told, who is told what, what waits to be sent, and what was sent. */
export interface NotifyTable {
  channels(): Promise<ChannelRow[]>;
  putChannel(row: ChannelRow, secrets?: Readonly<Record<string, string>>): Promise<void>;
  /** Takes its secrets and what waits for it too; its deliveries stay. */
  removeChannel(name: string): Promise<void>;
  /** Never leaves the server. */
  secrets(channel: string): Promise<Readonly<Record<string, string>>>;
  routes(): Promise<RouteRow[]>;
  putRoute(row: RouteRow): Promise<void>;
  removeRoute(name: string): Promise<void>;
  /** Puts what is to be told into the box, once for each id and channel, and settings with it; all or nothing. */
  enqueue(rows: readonly OutboxRow[], settings?: Readonly<Record<string, unknown>>): Promise<void>;
  /** What is due, oldest first; of one channel where it is named. */
  due(now: number, limit: number, channel?: string): Promise<WaitingRow[]>;
  /** What else waits for a channel in these groups, whenever it is due, in the order in which it came. */
  inGroups(channel: string, groups: readonly string[]): Promise<WaitingRow[]>;
  /** What goes out together as one message. */
  inMessage(channel: string, message: string): Promise<WaitingRow[]>;
  /** Rows go out as one message from now on, also after a kill. */
  bind(rows: readonly OutboxRow[], message: string): Promise<void>;
  /** What is due for a channel earlier than that is due then. */
  postpone(channel: string, until: number): Promise<void>;
  /** What was postponed for a channel is due at once, as if it were for the first time. */
  hasten(channel: string, now: number): Promise<void>;
  /** What waits for a channel and was due before a time. */
  overdue(channel: string, before: number): Promise<WaitingRow[]>;
  /** When the next one is due of those whose channel is not paused. */
  nextDue(): Promise<number | undefined>;
  /** How many wait, by channel. */
  waiting(): Promise<ReadonlyMap<string, number>>;
  /** The channels that were told of threads, or are going to be. */
  toldOf(threads: readonly string[]): Promise<ReadonlyMap<string, ReadonlySet<string>>>;
  /** Writes what became of a try, and takes what is done out of the box or sets its next time; all or nothing. */
  settle(tried: readonly OutboxRow[], delivery: Omit<DeliveryRow, "number">, next: number | undefined): Promise<void>;
  /** The newest first. */
  deliveries(
    ask: { readonly channel?: string | undefined; readonly status?: string | undefined },
    page: { readonly after?: number | undefined; readonly limit: number },
  ): Promise<DeliveryRow[]>;
  /** When messages were delivered to a channel since a time, oldest first. */
  deliveredSince(channel: string, since: number): Promise<number[]>;
  /** Forgets what was told and what was sent before a time; what waits stays. */
  forget(before: { readonly toldAt: number; readonly deliveredAt: number }): Promise<void>;
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
  /** The matter that the notice goes on with. */
  readonly thread: string;
  readonly dueAt: number;
  readonly createdAt: number;
  readonly tries: number;
  /** `Notice` of `notify/`. */
  readonly content: unknown;
}

/** A row of the outbox as it lies there. */
export interface WaitingRow extends OutboxRow {
  /** Grows with each row: the order in which they came. */
  readonly number: number;
  /** The message that it was bound to, if it was. */
  readonly message: string | undefined;
  /** When it was due for the first time. */
  readonly firstDueAt: number;
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
