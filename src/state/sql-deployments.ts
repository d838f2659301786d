import type { Kysely } from "kysely";
import { jsonOf, storableText, storableTexts } from "./database/storable-text.ts";
import type { SetupTables } from "./database/tables.ts";
import type { DeploymentRow, DeploymentTable, HistoryRow, RunRow } from "./deployment-table.ts";
import { StateError } from "./errors.ts";

export class SqlDeployments implements DeploymentTable {
  readonly #database: Kysely<SetupTables>;

  constructor(database: Kysely<SetupTables>) {
    this.#database = database;
  }

  async add({ name, content, createdAt }: DeploymentRow): Promise<void> {
    const { numInsertedOrUpdatedRows } = await this.#database
      .insertInto("deployments")
      .values({ name: storableText(name), content: jsonOf(content), agreed: null, created_at: createdAt })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirstOrThrow();
    if (numInsertedOrUpdatedRows !== 0n) return;
    throw new StateError(`There is a deployment ${name} already`, {
      code: "deployment-exists",
      fault: "user",
      help: "Choose another name, or remove that deployment first: what it set up stays",
    });
  }

  async change(name: string, content: object): Promise<void> {
    await this.#database
      .updateTable("deployments")
      .set({ content: jsonOf(content) })
      .where("name", "=", storableText(name))
      .execute();
  }

  async remove(name: string): Promise<boolean> {
    return this.#database.transaction().execute(async (transaction) => {
      const key = storableText(name);
      await transaction.deleteFrom("deployment_secrets").where("deployment", "=", key).execute();
      const { numDeletedRows } = await transaction
        .deleteFrom("deployments")
        .where("name", "=", key)
        .executeTakeFirstOrThrow();
      return numDeletedRows > 0n;
    });
  }

  async get(name: string): Promise<DeploymentRow | undefined> {
    const row = await this.#database
      .selectFrom("deployments")
      .select(["name", "content", "created_at"])
      .where("name", "=", storableText(name))
      .executeTakeFirst();
    return row && deploymentOf(row);
  }

  async list(): Promise<DeploymentRow[]> {
    const rows = await this.#database
      .selectFrom("deployments")
      .select(["name", "content", "created_at"])
      .orderBy("name")
      .execute();
    return rows.map(deploymentOf);
  }

  async secrets(name: string): Promise<Readonly<Record<string, string>>> {
    const row = await this.#database
      .selectFrom("deployment_secrets")
      .select("secrets")
      .where("deployment", "=", storableText(name))
      .executeTakeFirst();
    return row === undefined ? {} : (JSON.parse(row.secrets) as Record<string, string>);
  }

  async setSecrets(name: string, secrets: Readonly<Record<string, string>>): Promise<void> {
    await this.#database
      .insertInto("deployment_secrets")
      .values({ deployment: storableText(name), secrets: JSON.stringify(secrets) })
      .onConflict((conflict) =>
        conflict.column("deployment").doUpdateSet((of) => ({ secrets: of.ref("excluded.secrets") })),
      )
      .execute();
  }

  async agreed(name: string): Promise<unknown> {
    const row = await this.#database
      .selectFrom("deployments")
      .select("agreed")
      .where("name", "=", storableText(name))
      .executeTakeFirst();
    return row === undefined || row.agreed === null ? undefined : (JSON.parse(row.agreed) as unknown);
  }

  async setAgreed(name: string, wiring: unknown): Promise<void> {
    await this.#database
      .updateTable("deployments")
      .set({ agreed: wiring === undefined ? null : jsonOf(wiring) })
      .where("name", "=", storableText(name))
      .execute();
  }

  async putRun(run: RunRow): Promise<void> {
    const { id, deployment, status, startedAt, content } = storableTexts(run);
    await this.#database
      .insertInto("setup_runs")
      .values({ id, deployment, status, started_at: startedAt, content: jsonOf(content) })
      .onConflict((conflict) =>
        conflict.column("id").doUpdateSet((of) => ({
          deployment: of.ref("excluded.deployment"),
          status: of.ref("excluded.status"),
          started_at: of.ref("excluded.started_at"),
          content: of.ref("excluded.content"),
        })),
      )
      .execute();
  }

  async getRun(id: string): Promise<RunRow | undefined> {
    const row = await this.#database
      .selectFrom("setup_runs")
      .selectAll()
      .where("id", "=", storableText(id))
      .executeTakeFirst();
    return row && runOf(row);
  }

  async runs(deployment: string, limit: number): Promise<RunRow[]> {
    const rows = await this.#database
      .selectFrom("setup_runs")
      .selectAll()
      .where("deployment", "=", storableText(deployment))
      .orderBy("started_at", "desc")
      .orderBy("id", "desc")
      .limit(limit)
      .execute();
    return rows.map(runOf);
  }

  async putHistory(entry: HistoryRow): Promise<void> {
    const { id, deployment, at, content } = storableTexts(entry);
    await this.#database
      .insertInto("setup_history")
      .values({ id, deployment, at, content: jsonOf(content) })
      .onConflict((conflict) =>
        conflict.columns(["deployment", "id"]).doUpdateSet((of) => ({
          at: of.ref("excluded.at"),
          content: of.ref("excluded.content"),
        })),
      )
      .execute();
  }

  async history(
    deployment: string,
    { before, limit }: { readonly before?: string; readonly limit: number },
  ): Promise<HistoryRow[]> {
    const all = this.#database
      .selectFrom("setup_history")
      .selectAll()
      .where("deployment", "=", storableText(deployment));
    const older = before === undefined ? all : all.where("id", "<", storableText(before));
    const rows = await older.orderBy("id", "desc").limit(limit).execute();
    return rows.map(({ content, ...row }) => ({ ...row, content: JSON.parse(content) as unknown }));
  }
}

function deploymentOf(row: { readonly name: string; readonly content: string; readonly created_at: number }) {
  return { name: row.name, content: JSON.parse(row.content) as unknown, createdAt: row.created_at };
}

function runOf({ content, started_at: startedAt, ...row }: SetupTables["setup_runs"]): RunRow {
  return { ...row, startedAt, content: JSON.parse(content) as unknown };
}
