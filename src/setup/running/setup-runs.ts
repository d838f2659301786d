import type { Clock } from "../../base/clock.ts";
import { TrailwardenError } from "../../base/errors.ts";
import { timeId } from "../time-id.ts";
import type { DeploymentTable } from "../../state/index.ts";
import { readNow } from "../care/look.ts";
import type { SourceBook } from "../care/source-book.ts";
import type { DeploymentBook } from "../deployments/deployment-book.ts";
import type { Deployment } from "../deployments/deployment.ts";
import { isOurFault, SetupError } from "../errors.ts";
import type { AwsOfDeployments } from "../open-aws-of.ts";
import type { SetupPlan } from "../planning/plan.ts";
import { settingOf } from "../settings/index.ts";
import { nameOf } from "../settings/place.ts";
import type { HistoryKind, OnRun } from "../setup.ts";
import { applyPlan, goOn, undoRun } from "./run-plan.ts";
import { keepRun, newestRuns, readRun, recoverRuns } from "./run-table.ts";
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

  /** Runs that a crash ended count as stopped, and so do those that ended before what follows from them did. */
  async recover(): Promise<void> {
    const { table } = this.#options;
    await recoverRuns(table, this.#underWay);
    for (const { name } of await table.list()) {
      const [newest] = await newestRuns(table, name);
      if (newest !== undefined && newest.status === "done" && awaitsWork(newest)) await this.#stop(newest);
    }
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
    const run = await goOn(runId, this.#tools(onRun));
    return run.isFollowedUp === true ? run : this.#ended(deployment, run);
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

  async #stop(run: SetupRun): Promise<SetupRun> {
    const stopped: SetupRun = { ...run, status: "stopped" };
    await keepRun(this.#options.table, stopped);
    return stopped;
  }

  async #ended(deployment: Deployment, run: SetupRun): Promise<SetupRun> {
    const { name } = deployment;
    if (run.status === "stopped") {
      const problem = run.steps.find(({ status }) => status === "failed")?.problem ?? "It was stopped";
      await this.#tell(name, run, "stopped", problem);
      return run;
    }
    if (!awaitsWork(run)) return run;
    try {
      await (run.kind === "undo" ? this.#followUndo(deployment, run) : this.#followApply(deployment, run));
    } catch (error) {
      const stopped = await this.#stop(run);
      await this.#tell(name, run, "stopped", `All changes are made, but not what follows: ${sentenceOf(error)}; go on`);
      if (isOurFault(error)) throw error;
      return stopped;
    }
    const followed: SetupRun = { ...run, isFollowedUp: true };
    await keepRun(this.#options.table, followed);
    return followed;
  }

  async #followUndo({ name, source }: Deployment, run: SetupRun): Promise<void> {
    const { book, sources } = this.#options;
    await book.forgetAgreed(name);
    // Its queue is gone: it would only say so again and again.
    const isGone = run.steps.some(
      ({ step, status }) => step.setting === "queue" && step.after === null && status === "done",
    );
    const rests = isGone && source !== undefined;
    if (rests) await sources.rest(source);
    const told = rests ? `; the source ${source} rests, and its events stay` : "";
    await this.#tell(name, run, "undone", `What was set up is taken back${told}`);
  }

  async #followApply(deployment: Deployment, run: SetupRun): Promise<void> {
    const { book, aws, clock, probe } = this.#options;
    const { name } = deployment;
    const agreed = { readAt: run.startedAt, places: run.plan.places, values: {}, unread: [], status: undefined };
    const looking = { deployment, aws: await aws.of(name), now: () => clock.now() };
    await book.agreeOn(name, await readNow(agreed, looking));
    const source = await this.#collect(deployment, run);
    await book.change({ ...deployment, source });
    const made = run.steps.length === 1 ? "1 change was made" : `${run.steps.length} changes were made`;
    await this.#tell(name, run, "applied", `${made}; the source ${source} collects`);
    probe({ ...deployment, source });
  }

  #tell(name: string, { id: runId }: SetupRun, kind: HistoryKind, sentence: string): Promise<void> {
    return this.#options.book.note(name, { kind, sentence, runId });
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
    const isApart = logAccount !== undefined && plan.places.bucket?.accountId === logAccount.accountId;
    const bucketRoleArn = isApart && logAccount.accountId !== accountId ? logAccount.roleArn : undefined;
    const secrets = await book.secrets(name);
    const access = { roleArn, externalId, bucketRoleArn, endpoint, secrets };
    return sources.ensureQueue({ name, queueUrl, region, accountId, ...access });
  }
}

/** Whether something follows from a run that is done, and has not yet. What follows from a repair is care's. */
function awaitsWork({ kind, isFollowedUp }: SetupRun): boolean {
  return kind !== "repair" && isFollowedUp !== true;
}

function sentenceOf(error: unknown): string {
  const message = error instanceof Error ? error.message || error.name : String(error);
  return error instanceof TrailwardenError && error.help !== undefined ? `${message}. ${error.help}` : message;
}
