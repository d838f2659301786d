import type { DeploymentTable } from "../../state/index.ts";
import { SetupError } from "../errors.ts";
import type { DeploymentChange, DeploymentRequest, DriftName, HistoryEntry } from "../setup.ts";
import type { Wiring } from "../wiring/wiring.ts";
import { changeDeployment, readDeployment } from "./deployment-request.ts";
import type { Deployment } from "./deployment.ts";

/** What was found when a deployment was last looked at. */
export interface LastCheck {
  readonly at: number;
  readonly drifts: readonly DriftName[];
}

/** What a row of the state holds. */
interface Content {
  readonly deployment: Deployment;
  readonly lastCheck?: LastCheck;
}

export interface DeploymentBookOptions {
  readonly table: DeploymentTable;
  readonly now: () => number;
  /** Ids that grow with time. */
  readonly newId: () => string;
}

/** Deployments as they last: rows of the state, read and written with their types. */
export class DeploymentBook {
  readonly #table: DeploymentTable;
  readonly #now: () => number;
  readonly #newId: () => string;

  constructor({ table, now, newId }: DeploymentBookOptions) {
    this.#table = table;
    this.#now = now;
    this.#newId = newId;
  }

  /** Throws `deployment-invalid` and `deployment-exists`. */
  async add(request: DeploymentRequest): Promise<Deployment> {
    const deployment = readDeployment(request, this.#now());
    const content: Content = { deployment };
    await this.#table.add({ name: deployment.name, content, createdAt: deployment.createdAt });
    await this.#table.setSecrets(deployment.name, request.secrets ?? {});
    return deployment;
  }

  async change(deployment: Deployment): Promise<void> {
    const content: Content = { ...(await this.#content(deployment.name)), deployment };
    await this.#table.change(deployment.name, content);
  }

  /** Changes what is given; throws `deployment-invalid` as `add` does. */
  async replace(name: string, change: DeploymentChange): Promise<Deployment> {
    const { deployment } = await this.#content(name);
    const changed = changeDeployment(deployment, change);
    await this.change(changed);
    if (change.secrets !== undefined) await this.#table.setSecrets(name, change.secrets);
    return changed;
  }

  async noteCheck(name: string, lastCheck: LastCheck): Promise<void> {
    const content: Content = { ...(await this.#content(name)), lastCheck };
    await this.#table.change(name, content);
  }

  /** Throws `deployment-unknown`. */
  async remove(name: string): Promise<void> {
    if (!(await this.#table.remove(name))) throw unknown(name);
  }

  /** Throws `deployment-unknown`. */
  async get(name: string): Promise<Deployment> {
    return (await this.#content(name)).deployment;
  }

  async lastCheck(name: string): Promise<LastCheck | undefined> {
    return (await this.#content(name)).lastCheck;
  }

  async list(): Promise<readonly Deployment[]> {
    return (await this.#table.list()).map(({ content }) => (content as Content).deployment);
  }

  secrets(name: string): Promise<Readonly<Record<string, string>>> {
    return this.#table.secrets(name);
  }

  async agreed(name: string): Promise<Wiring | undefined> {
    return ((await this.#table.agreed(name)) ?? undefined) as Wiring | undefined;
  }

  agreeOn(name: string, wiring: Wiring): Promise<void> {
    return this.#table.setAgreed(name, wiring);
  }

  /** There is no way to look after any more. */
  forgetAgreed(name: string): Promise<void> {
    return this.#table.setAgreed(name, undefined);
  }

  async tell(name: string, entry: Omit<HistoryEntry, "id" | "at">): Promise<void> {
    const [id, at] = [this.#newId(), this.#now()];
    await this.#table.putHistory({ id, deployment: name, at, content: { ...entry, id, at } });
  }

  /** Tells of the deployment as a whole, not of one drift. */
  note(name: string, entry: Pick<HistoryEntry, "kind" | "sentence"> & { readonly runId?: string }): Promise<void> {
    return this.tell(name, { check: "", about: "", culprit: undefined, runId: undefined, ...entry });
  }

  /** Replaces an entry. */
  amend(name: string, entry: HistoryEntry): Promise<void> {
    return this.#table.putHistory({ id: entry.id, deployment: name, at: entry.at, content: entry });
  }

  async history(name: string, page: { readonly before?: string; readonly limit: number }): Promise<HistoryEntry[]> {
    return (await this.#table.history(name, page)).map(({ content }) => content as HistoryEntry);
  }

  async #content(name: string): Promise<Content> {
    const row = await this.#table.get(name);
    if (row === undefined) throw unknown(name);
    // Written by this class alone, in a state of our own.
    return row.content as Content;
  }
}

function unknown(name: string): SetupError {
  return new SetupError(`There is no deployment ${JSON.stringify(name.slice(0, 80))}`, {
    code: "deployment-unknown",
    fault: "user",
    help: "See those that there are: trailwarden deployment list",
  });
}
