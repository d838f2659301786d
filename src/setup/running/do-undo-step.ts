import { capital } from "../capital.ts";
import { AwsCallError } from "../../aws/index.ts";
import { pauseOrStop } from "../../base/clock.ts";
import { TrailwardenError } from "../../base/errors.ts";
import { growingPauseMs } from "../../base/growing-pause.ts";
import type { PlanStep } from "../planning/plan.ts";
import { isSameValue } from "../settings/same-value.ts";
import { changeSetting, readSetting, settle } from "./change-setting.ts";
import { attempt, failed, refused, type StepEnd, stepDone } from "./do-step.ts";
import { emptyBucket } from "./empty-bucket.ts";
import { judgeValue } from "./judge-value.ts";
import { logPrefixOf } from "./log-prefix.ts";
import type { RunRecord } from "./run-record.ts";
import type { StepTools } from "./run-tools.ts";
import { tellDifference } from "./tell-difference.ts";
import { takenAlongWith } from "./undo-steps.ts";

type UndoTools = StepTools & { readonly title: string };

/** Takes one step back, or leaves it with why. Rejects only when the run cannot be written. */
export async function doUndoStep(record: RunRecord, index: number, given: StepTools): Promise<StepEnd | undefined> {
  const kept = record.run.steps[index];
  if (kept === undefined) return stepDone;
  const { step, wasTried = false } = kept;
  const title = given.settingOf(step.setting).title(step.place);
  const tools = { ...given, title };
  const look = await attempt(() => readSetting(step, tools), { doing: "Reading", title });
  if ("status" in look) return look;
  if (step.isFresh === true) return takeAlong(record, step, look.value, tools);
  const judgement = judgeValue(look.value, { ...step, wasTried, isFresh: false });
  if (judgement === "made") return stepDone;
  if (judgement === "changed") {
    return left(
      `${capital(title)} has been changed since by somebody: ${tellDifference(look.value, step.before)}; it is left as it is`,
    );
  }
  await record.setStep(index, { wasTried: true });
  return step.setting === "bucket" && step.after === null
    ? takeBucket(record, step, look.value, tools)
    : takeBack(step, look.value, tools);
}

async function takeBack(step: PlanStep, now: unknown, tools: UndoTools): Promise<StepEnd | undefined> {
  const changed = await changeSetting(step, now, tools);
  switch (changed.kind) {
    case "settled":
      return stepDone;
    case "other":
      return left(`AWS does not quite take back ${tools.title}: ${tellDifference(changed.value, step.after)}`);
    case "refused":
      if (isPermanent(changed.error)) return left(sentenceOf(changed.error));
      return refused(changed, "Taking away", tools.title);
    case "ended":
      return undefined;
  }
}

/** Log files may still come for some minutes after their trail is gone. */
const emptyingPause = { first: 1_000, most: 30_000 };
const emptyingsMax = 6;

/** A bucket goes only when nothing lies in it: S3 sees to that. Log files go before it when that was said. */
async function takeBucket(
  record: RunRecord,
  step: PlanStep,
  now: unknown,
  tools: UndoTools,
): Promise<StepEnd | undefined> {
  const { title, clock, signal } = tools;
  for (let emptyings = 0; ; emptyings++) {
    const changed = await changeSetting(step, now, tools);
    if (changed.kind === "settled") return stepDone;
    if (changed.kind === "ended") return undefined;
    if (changed.kind === "other") return failed(`${capital(title)} was deleted, but is still there: go on later`);
    if (!isNotEmpty(changed.error)) return refused(changed, "Taking away", title);
    if (record.run.withLogFiles !== true) {
      return left(
        `${capital(title)} holds log files: it stays, as it is set up; undo with log files deletes them for good`,
      );
    }
    if (emptyings >= emptyingsMax) return failed(`New log files still come into ${title}: go on in some minutes`);
    const end = await emptyForGood(record, step, tools);
    if (end !== "emptied") return end;
    if (emptyings > 0) await pauseOrStop(clock, growingPauseMs(emptyingPause, emptyings - 1), signal);
  }
}

async function emptyForGood(
  record: RunRecord,
  step: PlanStep,
  tools: UndoTools,
): Promise<StepEnd | "emptied" | undefined> {
  const { title } = tools;
  const emptied = await attempt(
    async () => emptyBucket(step.place, await logPrefixOf(record.run, step.place, tools), tools),
    { doing: "Emptying", title },
  );
  if ("status" in emptied) return emptied;
  switch (emptied.value.kind) {
    case "emptied":
      return "emptied";
    case "foreign":
      return left(
        `${capital(title)} holds more than the trail's log files, such as ${emptied.value.key}: nothing is deleted`,
      );
    case "kept":
      return left(`S3 keeps ${emptied.value.key} in ${title} (${emptied.value.code}): what is left there stays`);
    case "ended":
      return undefined;
  }
}

/** What was set on something that goes: gone with it, or left with it. */
async function takeAlong(
  record: RunRecord,
  step: PlanStep,
  now: unknown,
  tools: UndoTools,
): Promise<StepEnd | undefined> {
  if (isSameValue(now, null)) return stepDone;
  const { title } = tools;
  if (takenAlongWith(record.run.steps, step)?.status === "left") {
    return left(`${capital(title)} stays with what it is set on`);
  }
  const settled = await attempt(() => settle(step, tools), { doing: "Reading", title });
  if ("status" in settled) return settled;
  switch (settled.value.kind) {
    case "settled":
      return stepDone;
    case "ended":
      return undefined;
    default:
      return left(`What ${title} is set on was deleted, but it can still be read`);
  }
}

function left(problem: string): StepEnd {
  return { status: "left", problem };
}

/** What AWS, or a setting, says can never be taken back. */
function isPermanent(error: unknown): boolean {
  return error instanceof TrailwardenError && error.code === "setting-stays";
}

function isNotEmpty(error: unknown): boolean {
  if (error instanceof AwsCallError) return error.code === "BucketNotEmpty";
  return error instanceof TrailwardenError && isNotEmpty(error.cause);
}

function sentenceOf(error: unknown): string {
  const { message, help } = error as TrailwardenError;
  return help === undefined ? message : `${message}. ${help}`;
}
