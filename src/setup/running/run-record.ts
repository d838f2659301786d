import type { RunStep, SetupRun } from "./run.ts";
import { keepRun } from "./run-table.ts";
import type { RunTools } from "./run-tools.ts";

/** A run as it goes on: each change of it lasts before anybody is told of it, and before the next thing is done. */
export class RunRecord {
  #run: SetupRun;
  readonly #tools: Pick<RunTools, "runs" | "clock" | "onStep">;

  private constructor(run: SetupRun, tools: Pick<RunTools, "runs" | "clock" | "onStep">) {
    this.#run = run;
    this.#tools = tools;
  }

  /** A new run, or one that goes on; written before this returns. */
  static async begin(run: SetupRun, tools: Pick<RunTools, "runs" | "clock" | "onStep">): Promise<RunRecord> {
    const record = new RunRecord({ ...run, status: "running", endedAt: undefined }, tools);
    await record.#keep();
    return record;
  }

  get run(): SetupRun {
    return this.#run;
  }

  async setStep(index: number, change: Partial<RunStep>): Promise<void> {
    const at = this.#tools.clock.now();
    const steps = this.#run.steps.map((step, number) => (number === index ? { ...step, at, ...change } : step));
    this.#run = { ...this.#run, steps };
    await this.#keep();
  }

  async end(status: "stopped" | "done"): Promise<SetupRun> {
    this.#run = { ...this.#run, status, endedAt: this.#tools.clock.now() };
    await this.#keep();
    return this.#run;
  }

  async #keep(): Promise<void> {
    await keepRun(this.#tools.runs, this.#run);
    this.#tools.onStep(this.#run);
  }
}
