import type { Generated } from "kysely";

/** Tables of telling people; as `Tables` in how things are kept. */
export interface NotifyTables {
  readonly notify_channels: NotifyChannelsTable;
  readonly channel_secrets: { readonly channel: string; readonly secrets: string };
  readonly notify_routes: { readonly name: string; readonly content: string; readonly changed_at: number };
  readonly notify_settings: { readonly name: string; readonly value: string };
  readonly notify_outbox: NotifyOutboxTable;
  readonly notify_deliveries: NotifyDeliveriesTable;
}

export interface NotifyChannelsTable {
  readonly name: string;
  readonly type: string;
  readonly settings: string;
  readonly is_paused: number;
  readonly changed_at: number;
}

export interface NotifyOutboxTable {
  readonly number: Generated<number>;
  readonly id: string;
  readonly channel: string;
  readonly route: string;
  readonly in_group: string;
  readonly thread: string;
  /** Nothing once it is told. */
  readonly due_at: number | null;
  readonly first_due_at: number;
  readonly created_at: number;
  readonly tries: number;
  readonly message: string | null;
  readonly content: string;
}

export interface NotifyDeliveriesTable {
  readonly number: Generated<number>;
  readonly channel: string;
  readonly at: number;
  readonly status: string;
  readonly notices: string;
  readonly subject: string;
  readonly answer: string;
  readonly took_ms: number;
}
