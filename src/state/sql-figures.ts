import type { Kysely } from "kysely";
import type { FindingTables } from "./database/finding-tables.ts";
import type { IncidentTables } from "./database/incident-tables.ts";
import type { NotifyTables } from "./database/notify-tables.ts";
import { storableText } from "./database/storable-text.ts";
import type { DeliveryFigure, FigureTable, FindingFigure, IncidentFigure } from "./figure-table.ts";

export type FigureTables = Pick<FindingTables, "findings"> &
  Pick<IncidentTables, "incidents"> &
  Pick<NotifyTables, "notify_deliveries">;

/** Figures of several rooms; findings and incidents are counted in an index, and no row of them is read. */
export class SqlFigures implements FigureTable {
  readonly #database: Kysely<FigureTables>;

  constructor(database: Kysely<FigureTables>) {
    this.#database = database;
  }

  async findings(): Promise<FindingFigure[]> {
    const rows = await this.#database
      .selectFrom("findings")
      .select(({ fn }) => ["is_staged", "level", fn.countAll<number>().as("count")])
      .where("merged_into", "is", null)
      .groupBy(["is_staged", "level"])
      .execute();
    return rows.map(({ is_staged: isStaged, level, count }) => ({
      ...{ level, isStaged: isStaged === 1 },
      count: Number(count),
    }));
  }

  async incidents(without: string): Promise<IncidentFigure[]> {
    const rows = await this.#database
      .selectFrom("incidents")
      .select(({ fn }) => ["state", "severity", fn.countAll<number>().as("count")])
      .where("merged_into", "is", null)
      .where("state", "!=", storableText(without))
      .groupBy(["state", "severity"])
      .execute();
    return rows.map(({ count, ...row }) => ({ ...row, count: Number(count) }));
  }

  async deliveries(since: number): Promise<DeliveryFigure[]> {
    const rows = await this.#database
      .selectFrom("notify_deliveries")
      .select(({ fn }) => ["channel", "status", fn.countAll<number>().as("count")])
      .where("at", ">", since)
      .groupBy(["channel", "status"])
      .execute();
    return rows.map(({ count, ...row }) => ({ ...row, count: Number(count) }));
  }
}
