import type { Clock } from "../../base/clock.ts";
import { timeId } from "../time-id.ts";
import type { DeploymentTable } from "../../state/index.ts";
import { readNow } from "../care/look.ts";
import type { SourceBook } from "../care/source-book.ts";
import type { DeploymentBook } from "../deployments/deployment-book.ts";
import type { Deployment } from "../deployments/deployment.ts";
import { SetupError } from "../errors.ts";
import type { AwsOfDeployments } from "../open-aws-of.ts";
import type { SetupPlan } from "../planning/plan.ts";
import { settingOf } from "../settings/index.ts";
import { nameOf } from "../settings/place.ts";
import type { OnRun } from "../setup.ts";
import { applyPlan, goOn, undoRun } from "./run-plan.ts";
import { newestRuns, readRun, recoverRuns } from "./run-table.ts";
import type { RunTools } from "./run-tools.ts";
import type { SetupRun } from "./run.ts";

export interface SetupRunsOptions {
  readonly table: DeploymentTable;
  readonly book: DeploymentBook;
  readonly aws: AwsOfDeployments;
  readonly clock: Clock;
  readonly sources: SourceBook;
  readonly signal: AbortSignal;
  /** Whether the way works is to be seen by an event that comes through it. */
  readonly probe: (deployment: Deployment) => void;
}

/** Runs of deployments, and what follows from one that is done: its way is agreed on, collected and probed. */
export class SetupRuns {
  readonly #options: SetupRunsOptions;
  readonly #underWay = new Set<string>();

  constructor(options: SetupRunsOptions) {
    this.#options = options;
  }

  /** Runs that a crash ended count as stopped. */
  async recover(): Promise<void> {
    await recoverRuns(this.#options.table, this.#underWay);
  }

  /** Newest first. */
  list(name: string): Promise<readonly SetupRun[]> {
    return newestRuns(this.#options.table, name);
  }

  async apply(deployment: Deployment, plan: SetupPlan, onRun: OnRun): Promise<SetupRun> {
    return this.#ended(deployment, await applyPlan(plan, {}, this.#tools(onRun)));
  }

  /** What follows is care's. */
  repair(plan: SetupPlan, onRun: OnRun): Promise<SetupRun> {
    return applyPlan(plan, { kind: "repair" }, this.#tools(onRun));
  }

  async goOn(runId: string, onRun: OnRun): Promise<SetupRun> {
    const deployment = await this.#deploymentOf(runId);
    return this.#ended(deployment, await goOn(runId, this.#tools(onRun)));
  }

  async undo(runId: string, options: { readonly withLogFiles: boolean }, onRun: OnRun): Promise<SetupRun> {
    const deployment = await this.#deploymentOf(runId);
    return this.#ended(deployment, await undoRun(runId, options, this.#tools(onRun)));
  }

  /** Throws `run-under-way`. */
  mayGo(name: string): void {
    if (!this.#underWay.has(name)) return;
    throw new SetupError(`A run of the deployment ${name} is under way`, {
      code: "run-under-way",
      fault: "user",
      help: "Wait until it has ended",
    });
  }

  #tools(onStep: OnRun): RunTools {
    const { table, clock, aws, signal } = this.#options;
    const newId = () => timeId(clock.now());
    const awsOf = (name: string) => aws.of(name);
    return { runs: table, underWay: this.#underWay, settingOf, awsOf, clock, newId, signal, onStep };
  }

  async #deploymentOf(runId: string): Promise<Deployment> {
    const { table, book } = this.#options;
    const { deployment } = await readRun(table, runId);
    return book.get(deployment);
  }

  async #ended(deployment: Deployment, run: SetupRun): Promise<SetupRun> {
    const { book, aws, clock, probe, sources } = this.#options;
    const { name } = deployment;
    const of = { check: "", about: "", culprit: undefined, runId: run.id };
    if (run.status === "stopped") {
      const problem = run.steps.find(({ status }) => status === "failed")?.problem ?? "It was stopped";
      await book.tell(name, { ...of, kind: "stopped", sentence: problem });
    } else if (run.kind === "undo") {
      await book.forgetAgreed(name);
      // Its queue is gone: it would only say so again and again.
      const isRead = !run.steps.some(({ step, status }) => step.setting === "queue" && status === "undone");
      if (!isRead && deployment.source !== undefined) await sources.rest(deployment.source);
      const rests = isRead ? "" : `; the source ${deployment.source} rests, and its events stay`;
      await book.tell(name, { ...of, kind: "undone", sentence: `What was set up is taken back${rests}` });
    } else if (run.kind === "apply") {
      const agreed = { readAt: run.startedAt, places: run.plan.places, values: {}, unread: [], status: undefined };
      const looking = { deployment, aws: await aws.of(name), now: () => clock.now() };
      await book.agreeOn(name, await readNow(agreed, looking));
      const source = await this.#collect(deployment, run);
      await book.change({ ...deployment, source });
      const made = run.steps.length === 1 ? "1 change was made" : `${run.steps.length} changes were made`;
      await book.tell(name, { ...of, kind: "applied", sentence: `${made}; the source ${source} collects` });
      probe({ ...deployment, source });
    }
    return run;
  }

  async #collect({ name, endpoint, ...deployment }: Deployment, { plan }: SetupRun): Promise<string> {
    const { queue } = plan.places;
    if (queue === undefined) throw new TypeError("A plan that was applied has a queue");
    const { book, aws, sources } = this.#options;
    const { accountId, region } = queue;
    const sqs = await (await aws.of(name)).client("sqs", queue);
    const asked = { QueueName: nameOf(queue), QueueOwnerAWSAccountId: accountId };
    const { QueueUrl: queueUrl = "" } = await sqs.call("GetQueueUrl", asked);
    // The queue's account may be read with the role of that account alone.
    const { logAccount, externalId } = deployment;
    const roleArn = logAccount?.accountId === accountId ? logAccount.roleArn : deployment.roleArn;
    const secrets = await book.secrets(name);
    return sources.ensureQueue({ name, queueUrl, region, accountId, roleArn, externalId, endpoint, secrets });
  }
}
