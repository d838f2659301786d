import { setImmediate as turn } from "node:timers/promises";
import type { Kysely } from "kysely";
import type { Tables } from "./database/tables.ts";
import { lockForChange } from "./ledger-changes.ts";

/** Names looked at in one transaction; nothing else is answered meanwhile. */
const namesAtOnce = 500;

const onlyRow = 1;

/**
 * Drops the names of objects that were delivered and read before `at`; gives how many. Their hours are counted already,
 * with every change, so that the counts stay as they are.
 */
export async function foldLedger(database: Kysely<Tables>, at: number): Promise<number> {
  // Said before the first name goes: whoever is killed in between has said too much, and never too little.
  await database
    .insertInto("ledger_folding")
    .values({ id: onlyRow, before: at })
    .onConflict((conflict) => conflict.column("id").doUpdateSet({ before: at }).where("ledger_folding.before", "<", at))
    .execute();
  let [dropped, after] = [0, ""];
  for (;;) {
    const last = await nameAhead(database, after);
    dropped += await dropNames(database, { after, last, at });
    if (last === undefined) return dropped;
    after = last;
    await turn();
  }
}

export async function foldedBefore(database: Kysely<Tables>): Promise<number | undefined> {
  const row = await database.selectFrom("ledger_folding").select("before").executeTakeFirst();
  return row?.before;
}

/** Undefined where fewer names than `namesAtOnce` follow. */
async function nameAhead(database: Kysely<Tables>, after: string): Promise<string | undefined> {
  const row = await database
    .selectFrom("ledger")
    .select("name")
    .where("name", ">", after)
    .orderBy("name")
    .offset(namesAtOnce - 1)
    .limit(1)
    .executeTakeFirst();
  return row?.name;
}

async function dropNames(
  database: Kysely<Tables>,
  { after, last, at }: { readonly after: string; readonly last: string | undefined; readonly at: number },
): Promise<number> {
  return await database.transaction().execute(async (transaction) => {
    await lockForChange(transaction);
    const folded = transaction
      .deleteFrom("ledger")
      .where("name", ">", after)
      .where("state", "=", "read")
      .where("hour", "<", at)
      .where("read_at", "<", at);
    const { numDeletedRows } = await (
      last === undefined ? folded : folded.where("name", "<=", last)
    ).executeTakeFirst();
    return Number(numDeletedRows);
  });
}
