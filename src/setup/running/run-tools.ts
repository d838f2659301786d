import type { Clock } from "../../base/clock.ts";
import type { SetupAws } from "../setup-aws.ts";
import type { Setting } from "../settings/setting.ts";
import type { SettingName } from "../settings/values.ts";
import type { RunTable } from "./run-table.ts";
import type { SetupRun } from "./run.ts";

/** What runs are done with. */
export interface RunTools {
  readonly runs: RunTable;
  /** Names of deployments that this process works on right now: one set, for as long as the process lives. */
  readonly underWay: Set<string>;
  readonly settingOf: (name: SettingName) => Setting;
  /** How to speak to AWS for a deployment; what it rejects with is thrown before anything is begun. */
  readonly awsOf: (deployment: string) => Promise<SetupAws>;
  readonly clock: Clock;
  /** Ids that grow with time, and that nobody guesses. */
  readonly newId: () => string;
  /** Stops a run between two steps, or while it waits. */
  readonly signal: AbortSignal;
  /** Told after every change, when it lasts. */
  readonly onStep: (run: SetupRun) => void;
}

/** What one step is done with. */
export interface StepTools extends Pick<RunTools, "settingOf" | "clock" | "signal"> {
  readonly aws: SetupAws;
}
