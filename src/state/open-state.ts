import { join } from "node:path";
import { Kysely } from "kysely";
import { Migrator } from "kysely/migration";
import { migrations } from "./database/migrations.ts";
import { sqliteDialect } from "./database/sqlite.ts";
import type { FindingTables } from "./database/finding-tables.ts";
import type { IncidentTables } from "./database/incident-tables.ts";
import type { NotifyTables } from "./database/notify-tables.ts";
import type { CollectTables, IntegrityTables, RuleTables, SetupTables } from "./database/tables.ts";
import { StateError } from "./errors.ts";
import { SqlAccounts } from "./sql-accounts.ts";
import { SqlDeployments } from "./sql-deployments.ts";
import { type FigureTables, SqlFigures } from "./sql-figures.ts";
import { SqlFilters } from "./sql-filters.ts";
import { SqlFindings } from "./sql-findings.ts";
import { SqlIncidents } from "./sql-incidents.ts";
import { SqlIntegrity } from "./sql-integrity.ts";
import { SqlLedger } from "./sql-ledger.ts";
import { SqlNotify } from "./sql-notify.ts";
import { SqlRules } from "./sql-rules.ts";
import { SqlSources } from "./sql-sources.ts";
import type { State } from "./state.ts";

export interface StateOptions {
  /** The data folder; the state keeps to `state/` in it. */
  readonly directory: string;
  /** A Postgres server instead: `postgres://user:password@host/database`. */
  readonly url?: string;
}

/** Opens what lasts and is no event, making it if absent. Rejects with `state-unavailable` or `state-newer`. */
export async function openState(options: StateOptions): Promise<State> {
  const database = await connect(options);
  try {
    await bringUp(database);
  } catch (error) {
    await database.destroy();
    throw error instanceof StateError ? error : unavailable(options, error);
  }
  const collect = room<CollectTables>(database);
  return {
    ledger: new SqlLedger(collect),
    sources: new SqlSources(collect),
    accounts: new SqlAccounts(collect),
    filters: new SqlFilters(collect),
    deployments: new SqlDeployments(room<SetupTables>(database)),
    integrity: new SqlIntegrity(room<IntegrityTables>(database)),
    rules: new SqlRules(room<RuleTables>(database)),
    findings: new SqlFindings(room<FindingTables>(database)),
    incidents: new SqlIncidents(room<IncidentTables>(database)),
    notify: new SqlNotify(room<NotifyTables>(database)),
    figures: new SqlFigures(room<FigureTables>(database)),
    [Symbol.asyncDispose]: () => database.destroy(),
  };
}

/** The database as who keeps some of its tables knows it. */
function room<Tables>(database: Kysely<unknown>): Kysely<Tables> {
  // The migrations made all tables: those of a room are among them.
  return database as Kysely<Tables>;
}

async function connect(options: StateOptions): Promise<Kysely<unknown>> {
  try {
    if (options.url === undefined) return new Kysely({ dialect: sqliteDialect(join(options.directory, "state")) });
    const { postgresDialect } = await import("./database/postgres.ts");
    return new Kysely({ dialect: await postgresDialect(options.url) });
  } catch (error) {
    throw unavailable(options, error);
  }
}

async function bringUp(database: Kysely<unknown>): Promise<void> {
  const migrator = new Migrator({
    db: database,
    provider: { getMigrations: () => Promise.resolve({ ...migrations }) },
  });
  const known = new Set(Object.keys(migrations));
  const made = await migrator.getMigrations().catch(() => []);
  const { error } = await migrator.migrateToLatest();
  const isNewer = made.some(({ name }) => !known.has(name)) || /previously executed migration/.test(String(error));
  if (isNewer) {
    throw new StateError("The state was written by a newer Trailwarden", {
      code: "state-newer",
      fault: "user",
      help: "Use the newer program, or another data folder",
      cause: error,
    });
  }
  if (error !== undefined) throw error;
}

function unavailable({ directory, url }: StateOptions, cause: unknown): StateError {
  const reason = cause instanceof Error ? cause.message || cause.name : String(cause);
  const what = url === undefined ? `The state in ${join(directory, "state")}` : `Postgres at ${placeOf(url)}`;
  return new StateError(`${what} cannot be opened: ${reason}`, {
    code: "state-unavailable",
    fault: "user",
    help:
      url === undefined
        ? "See that the disk has room and that the folder belongs to who runs Trailwarden"
        : "See that the server runs, that it can be reached from here, and that user and password are right",
    cause,
  });
}

/** Without user and password. */
function placeOf(url: string): string {
  try {
    const { host, pathname } = new URL(url);
    return `${host}${pathname}`;
  } catch {
    return "an address that cannot be read";
  }
}
