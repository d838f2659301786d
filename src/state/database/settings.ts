import type { Kysely } from "kysely";
import { jsonOf, storableText } from "./storable-text.ts";

/** Tables of what a room remembers by a name; they all look the same. */
type SettingsTable = "finding_settings" | "incident_settings" | "integrity_settings" | "notify_settings";

/** What is remembered by a name; undefined where nothing is. */
export async function readSetting<Tables>(
  database: Kysely<Tables>,
  table: SettingsTable & keyof Tables,
  name: string,
): Promise<unknown> {
  const row = await alike(database)
    .selectFrom(table as "settings")
    .select("value")
    .where("name", "=", storableText(name))
    .executeTakeFirst();
  return row && (JSON.parse(row.value) as unknown);
}

/** Adds what is remembered by a name, or replaces it. */
export async function putSetting<Tables>(
  database: Kysely<Tables>,
  table: SettingsTable & keyof Tables,
  name: string,
  value: unknown,
): Promise<void> {
  await alike(database)
    .insertInto(table as "settings")
    .values({ name: storableText(name), value: jsonOf(value) })
    .onConflict((conflict) => conflict.column("name").doUpdateSet((of) => ({ value: of.ref("excluded.value") })))
    .execute();
}

interface Alike {
  readonly settings: { readonly name: string; readonly value: string };
}

/** The compiler knows each room's tables alone; this is what the tables of settings have in common. */
function alike<Tables>(database: Kysely<Tables>): Kysely<Alike> {
  return database as unknown as Kysely<Alike>;
}
