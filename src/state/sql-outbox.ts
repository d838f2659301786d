import { sql, type Kysely, type Selectable, type Transaction } from "kysely";
import { chunksOf } from "../base/chunks.ts";
import { putSetting } from "./database/settings.ts";
import { jsonOf, storableText, storableTexts } from "./database/storable-text.ts";
import type { NotifyOutboxTable, NotifyTables } from "./database/notify-tables.ts";
import type { DeliveryRow, OutboxRow, WaitingRow } from "./notify-table.ts";

/** Rows, or names, in one statement. */
const atOnce = 500;

/** What waits to be told, and what was told. */
export class SqlOutbox {
  protected readonly database: Kysely<NotifyTables>;

  constructor(database: Kysely<NotifyTables>) {
    this.database = database;
  }

  async enqueue(rows: readonly OutboxRow[], settings: Readonly<Record<string, unknown>> = {}): Promise<void> {
    await this.database.transaction().execute(async (change) => {
      for (const some of chunksOf(rows.map(rowOf), atOnce)) {
        await change
          .insertInto("notify_outbox")
          .values(some)
          .onConflict((conflict) => conflict.columns(["id", "channel"]).doNothing())
          .execute();
      }
      for (const [name, value] of Object.entries(settings)) await putSetting(change, "notify_settings", name, value);
    });
  }

  async due(now: number, limit: number, channel?: string): Promise<WaitingRow[]> {
    const all = this.#waiting().where("due_at", "<=", now);
    const asked = channel === undefined ? all : all.where("channel", "=", storableText(channel));
    return (await asked.orderBy("due_at").orderBy("number").limit(limit).execute()).map(waitingOf);
  }

  async inGroups(channel: string, groups: readonly string[]): Promise<WaitingRow[]> {
    const found: WaitingRow[] = [];
    for (const some of chunksOf(groups.map(storableText), atOnce)) {
      const rows = this.#waiting().where("channel", "=", storableText(channel)).where("in_group", "in", some);
      found.push(...(await rows.orderBy("number").execute()).map(waitingOf));
    }
    return found;
  }

  async inMessage(channel: string, message: string): Promise<WaitingRow[]> {
    const rows = this.#waiting()
      .where("channel", "=", storableText(channel))
      .where("message", "=", storableText(message));
    return (await rows.orderBy("number").execute()).map(waitingOf);
  }

  async bind(rows: readonly OutboxRow[], message: string): Promise<void> {
    await this.database.transaction().execute((change) => inLots(change, rows, { message: storableText(message) }));
  }

  async postpone(channel: string, until: number): Promise<void> {
    await this.database
      .updateTable("notify_outbox")
      .set({ due_at: until })
      .where("channel", "=", storableText(channel))
      .where("due_at", "<", until)
      .execute();
  }

  async hasten(channel: string, now: number): Promise<void> {
    await this.database
      .updateTable("notify_outbox")
      .set((is) => {
        const dueAt = is.case().when("first_due_at", ">", now).then(is.ref("first_due_at")).else(now).end();
        return { due_at: dueAt, first_due_at: dueAt };
      })
      .where("channel", "=", storableText(channel))
      .where("due_at", "is not", null)
      .execute();
  }

  async overdue(channel: string, before: number): Promise<WaitingRow[]> {
    const rows = this.#waiting().where("channel", "=", storableText(channel)).where("first_due_at", "<", before);
    return (await rows.orderBy("number").execute()).map(waitingOf);
  }

  async nextDue(): Promise<number | undefined> {
    const row = await this.database
      .selectFrom("notify_outbox")
      .innerJoin("notify_channels", "notify_channels.name", "notify_outbox.channel")
      .select(({ fn }) => fn.min("due_at").as("at"))
      .where("due_at", "is not", null)
      .where("is_paused", "=", 0)
      .executeTakeFirst();
    return row?.at ?? undefined;
  }

  async waiting(): Promise<ReadonlyMap<string, number>> {
    const rows = await this.database
      .selectFrom("notify_outbox")
      .select(({ fn }) => ["channel", fn.countAll<number>().as("count")])
      .where("due_at", "is not", null)
      .groupBy("channel")
      .execute();
    return new Map(rows.map(({ channel, count }) => [channel, Number(count)]));
  }

  async toldOf(threads: readonly string[]): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
    const told = new Map<string, Set<string>>();
    for (const some of chunksOf(threads.map(storableText), atOnce)) {
      const rows = await this.database
        .selectFrom("notify_outbox")
        .select(["thread", "channel"])
        .distinct()
        .where("thread", "in", some)
        .execute();
      for (const { thread, channel } of rows) told.set(thread, (told.get(thread) ?? new Set()).add(channel));
    }
    return told;
  }

  async settle(
    tried: readonly OutboxRow[],
    { channel, at, status, notices, subject, answer, tookMs }: Omit<DeliveryRow, "number">,
    next: number | undefined,
  ): Promise<void> {
    await this.database.transaction().execute(async (change) => {
      await change
        .insertInto("notify_deliveries")
        .values({
          ...storableTexts({ channel, at, status, subject, answer }),
          notices: JSON.stringify(notices),
          took_ms: tookMs,
        })
        .execute();
      await inLots(change, tried, next === undefined ? { due_at: null, content: "null" } : { due_at: next });
    });
  }

  #waiting() {
    return this.database.selectFrom("notify_outbox").selectAll().where("due_at", "is not", null);
  }
}

/** Changes rows; each change counts as a try but for binding. */
async function inLots(
  change: Transaction<NotifyTables>,
  rows: readonly OutboxRow[],
  values: { readonly message: string } | { readonly due_at: number | null; readonly content?: string },
): Promise<void> {
  const channels = Map.groupBy(rows, ({ channel }) => storableText(channel));
  for (const [channel, ofChannel] of channels) {
    for (const some of chunksOf(ofChannel, atOnce)) {
      const ids = some.map(({ id }) => storableText(id));
      await change
        .updateTable("notify_outbox")
        .set("message" in values ? values : { ...values, tries: sql<number>`tries + 1` })
        .where("channel", "=", channel)
        .where("id", "in", ids)
        .where("due_at", "is not", null)
        .execute();
    }
  }
}

function rowOf(row: OutboxRow) {
  const { id, channel, route, group, thread, dueAt, createdAt, tries, content } = storableTexts(row);
  return {
    ...{ id, channel, route, thread, tries, in_group: group, message: null },
    due_at: dueAt,
    first_due_at: dueAt,
    created_at: createdAt,
    content: jsonOf(content),
  };
}

function waitingOf(row: Selectable<NotifyOutboxTable>): WaitingRow {
  const { number, id, channel, route, thread, tries } = row;
  return {
    ...{ number, id, channel, route, thread, tries, group: row.in_group },
    message: row.message ?? undefined,
    dueAt: row.due_at ?? row.first_due_at,
    firstDueAt: row.first_due_at,
    createdAt: row.created_at,
    content: JSON.parse(row.content) as unknown,
  };
}
