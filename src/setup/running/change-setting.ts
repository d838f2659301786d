import { AwsCallError } from "../../aws/index.ts";
import { pauseOrStop } from "../../base/clock.ts";
import { growingPauseMs } from "../../base/growing-pause.ts";
import type { PlanStep } from "../planning/plan.ts";
import { isSameValue } from "../settings/same-value.ts";
import type { Change } from "../settings/setting.ts";
import type { StepTools } from "./run-tools.ts";

/** AWS is consistent in the end: what was written may be read as it was for a while, a deleted queue for a minute. */
const settlePause = { first: 250, most: 5_000 };
const settleTries = 24;

/** What was written just now is not known everywhere in AWS: CloudTrail may still see no policy, or no bucket. */
const soonCodes = /^Insufficient\w*Policy|^OperationAborted$|^ConflictException$|ConcurrentModification|^NoSuchBucket$/;
const soonTries = 7;

export type Changed =
  | { readonly kind: "settled" }
  /** AWS took it, and says something else all the same. */
  | { readonly kind: "other"; readonly value: unknown }
  /** The program is to end. */
  | { readonly kind: "ended" }
  /** `isUntouched`: all is as it was before, so that nothing of it is ours. */
  | { readonly kind: "refused"; readonly error: unknown; readonly isUntouched: boolean };

type Value = Change["after"];

/** The value at a step's place, as it is now. */
export async function readSetting({ setting, place }: PlanStep, { settingOf, aws }: StepTools): Promise<unknown> {
  return settingOf(setting).get(place, aws);
}

/** Writes a step's value over the one that is there now, and reads until it is so. */
export async function changeSetting(step: PlanStep, now: unknown, tools: StepTools): Promise<Changed> {
  try {
    await putPatiently(step, now, tools);
  } catch (error) {
    // Only an answer says that nothing was done; and of several calls, the first may have been.
    const mayBeUntouched = error instanceof AwsCallError && error.status < 500 && isSameValue(now, step.before);
    const since = mayBeUntouched ? await readSetting(step, tools).catch(() => unread) : unread;
    return { kind: "refused", error, isUntouched: since !== unread && isSameValue(since, step.before) };
  }
  try {
    return await settle(step, tools);
  } catch (error) {
    return { kind: "refused", error, isUntouched: false };
  }
}

/** No setting's value. */
const unread: unknown = { unread: true };

async function putPatiently(step: PlanStep, now: unknown, tools: StepTools): Promise<void> {
  const { settingOf, aws, clock, signal } = tools;
  // What is there decides which calls it takes, not what was there when the plan was made.
  const change: Change = { before: valueOf(now), after: valueOf(step.after) };
  for (let failures = 0; ; failures++) {
    try {
      return await settingOf(step.setting).put(step.place, change, aws);
    } catch (error) {
      const isSoon = error instanceof AwsCallError && soonCodes.test(error.code);
      if (!isSoon || failures + 1 >= soonTries || signal.aborted) throw error;
      await pauseOrStop(clock, growingPauseMs(settlePause, failures), signal);
    }
  }
}

/** Reads until it is as it is to be, so often that it would be by then. */
export async function settle(step: PlanStep, tools: StepTools): Promise<Changed> {
  const { clock, signal } = tools;
  for (let tries = 0; ; tries++) {
    const value = await readSetting(step, tools);
    if (isSameValue(value, step.after)) return { kind: "settled" };
    if (tries + 1 >= settleTries) return { kind: "other", value };
    if (signal.aborted) return { kind: "ended" };
    await pauseOrStop(clock, growingPauseMs(settlePause, tries), signal);
  }
}

/** As settings have it: nothing, where JSON has null. A step's values were read by, or made for, its own setting. */
function valueOf(value: unknown): Value {
  return value ?? undefined;
}
