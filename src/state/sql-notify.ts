import type { Selectable } from "kysely";
import { putSetting, readSetting } from "./database/settings.ts";
import { jsonOf, storableText, storableTexts } from "./database/storable-text.ts";
import type { NotifyDeliveriesTable } from "./database/notify-tables.ts";
import type { ChannelRow, DeliveryRow, NotifyTable, RouteRow } from "./notify-table.ts";
import { SqlOutbox } from "./sql-outbox.ts";

/** Channels, routes and the log of deliveries, beside the box that they are about. */
export class SqlNotify extends SqlOutbox implements NotifyTable {
  async channels(): Promise<ChannelRow[]> {
    const rows = await this.database.selectFrom("notify_channels").selectAll().orderBy("name").execute();
    return rows.map(({ name, type, settings, is_paused: isPaused, changed_at: changedAt }) => ({
      ...{ name, type, changedAt },
      settings: JSON.parse(settings) as unknown,
      isPaused: isPaused === 1,
    }));
  }

  async putChannel(row: ChannelRow, secrets?: Readonly<Record<string, string>>): Promise<void> {
    const { name, type, settings, isPaused, changedAt } = storableTexts(row);
    await this.database.transaction().execute(async (change) => {
      await change
        .insertInto("notify_channels")
        .values({ name, type, settings: jsonOf(settings), is_paused: isPaused ? 1 : 0, changed_at: changedAt })
        .onConflict((conflict) =>
          conflict.column("name").doUpdateSet((of) => ({
            type: of.ref("excluded.type"),
            settings: of.ref("excluded.settings"),
            is_paused: of.ref("excluded.is_paused"),
            changed_at: of.ref("excluded.changed_at"),
          })),
        )
        .execute();
      if (secrets === undefined) return;
      await change
        .insertInto("channel_secrets")
        .values({ channel: name, secrets: jsonOf(secrets) })
        .onConflict((conflict) =>
          conflict.column("channel").doUpdateSet((of) => ({ secrets: of.ref("excluded.secrets") })),
        )
        .execute();
    });
  }

  async removeChannel(name: string): Promise<void> {
    const channel = storableText(name);
    await this.database.transaction().execute(async (change) => {
      await change.deleteFrom("notify_channels").where("name", "=", channel).execute();
      await change.deleteFrom("channel_secrets").where("channel", "=", channel).execute();
      await change.deleteFrom("notify_outbox").where("channel", "=", channel).execute();
    });
  }

  async secrets(channel: string): Promise<Readonly<Record<string, string>>> {
    const row = await this.database
      .selectFrom("channel_secrets")
      .select("secrets")
      .where("channel", "=", storableText(channel))
      .executeTakeFirst();
    return row === undefined ? {} : (JSON.parse(row.secrets) as Record<string, string>);
  }

  async routes(): Promise<RouteRow[]> {
    const rows = await this.database.selectFrom("notify_routes").selectAll().orderBy("name").execute();
    return rows.map(({ name, content, changed_at: changedAt }) => ({
      ...{ name, changedAt },
      content: JSON.parse(content) as unknown,
    }));
  }

  async putRoute({ name, content, changedAt }: RouteRow): Promise<void> {
    await this.database
      .insertInto("notify_routes")
      .values({ name: storableText(name), content: jsonOf(content), changed_at: changedAt })
      .onConflict((conflict) =>
        conflict.column("name").doUpdateSet((of) => ({
          content: of.ref("excluded.content"),
          changed_at: of.ref("excluded.changed_at"),
        })),
      )
      .execute();
  }

  async removeRoute(name: string): Promise<void> {
    await this.database.deleteFrom("notify_routes").where("name", "=", storableText(name)).execute();
  }

  async deliveries(
    { channel, status }: { readonly channel?: string | undefined; readonly status?: string | undefined },
    { after, limit }: { readonly after?: number | undefined; readonly limit: number },
  ): Promise<DeliveryRow[]> {
    const rows = await this.database
      .selectFrom("notify_deliveries")
      .selectAll()
      .where((is) =>
        is.and([
          ...(channel === undefined ? [] : [is("channel", "=", storableText(channel))]),
          ...(status === undefined ? [] : [is("status", "=", storableText(status))]),
          ...(after === undefined ? [] : [is("number", "<", after)]),
        ]),
      )
      .orderBy("number", "desc")
      .limit(limit)
      .execute();
    return rows.map(deliveryOf);
  }

  async deliveredSince(channel: string, since: number): Promise<number[]> {
    const rows = await this.database
      .selectFrom("notify_deliveries")
      .select("at")
      .where("channel", "=", storableText(channel))
      .where("status", "=", "delivered")
      .where("at", ">", since)
      .orderBy("at")
      .execute();
    return rows.map(({ at }) => at);
  }

  async forget({ toldAt, deliveredAt }: { readonly toldAt: number; readonly deliveredAt: number }): Promise<void> {
    await this.database
      .deleteFrom("notify_outbox")
      .where("due_at", "is", null)
      .where("created_at", "<", toldAt)
      .execute();
    await this.database.deleteFrom("notify_deliveries").where("at", "<", deliveredAt).execute();
  }

  setting(name: string): Promise<unknown> {
    return readSetting(this.database, "notify_settings", name);
  }

  setSetting(name: string, value: unknown): Promise<void> {
    return putSetting(this.database, "notify_settings", name, value);
  }
}

function deliveryOf({ notices, took_ms: tookMs, ...row }: Selectable<NotifyDeliveriesTable>): DeliveryRow {
  return { ...row, tookMs, notices: JSON.parse(notices) as string[] };
}
