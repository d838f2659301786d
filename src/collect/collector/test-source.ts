import { randomBytes } from "node:crypto";
import type { Clock } from "../../base/clock.ts";
import type { AccessSettings } from "../access/access-settings.ts";
import { openSourceAws } from "../access/open-source-aws.ts";
import { diagnose } from "../sources/diagnose.ts";
import type { TestStep } from "./collector.ts";

/** Finds an event whose user agent holds a word. */
export type FindMark = (mark: string, since: number) => Promise<string | undefined>;

export interface TestSourceOptions {
  readonly access: AccessSettings;
  readonly secrets: Readonly<Record<string, string>>;
  readonly clock: Clock;
  readonly customUserAgent: string;
  readonly findMark: FindMark;
  readonly waitMs: number;
  readonly signal: AbortSignal;
}

const lookEveryMs = 1_000;
const tellEveryMs = 15_000;

/**
 * Makes a call that changes nothing, as the source would, and waits until its event can be searched. CloudTrail usually
 * delivers within about five minutes (CloudTrail User Guide, "CloudTrail log file name format").
 */
export async function* testSource(options: TestSourceOptions): AsyncGenerator<TestStep> {
  const { access, secrets, clock, signal, findMark, waitMs } = options;
  const mark = `trailwarden-test-${randomBytes(6).toString("hex")}`;
  const began = clock.now();
  const elapsed = () => clock.now() - began;
  try {
    const customUserAgent = `${options.customUserAgent} ${mark}`;
    await using aws = openSourceAws(access, secrets, { clock, customUserAgent });
    const sts = await aws.client("sts");
    await sts.call("GetCallerIdentity", {}, { signal });
  } catch (error) {
    signal.throwIfAborted();
    const { region, roleArn } = access;
    yield { kind: "finding", finding: diagnose(error, { what: "STS", region, roleArn }) };
    return;
  }
  yield { kind: "called", operation: "sts:GetCallerIdentity", mark, at: began };
  let told = 0;
  while (elapsed() < waitMs) {
    const eventId = await findMark(mark, began - 15 * 60_000);
    if (eventId !== undefined) {
      yield { kind: "searchable", eventId, elapsedMs: elapsed() };
      return;
    }
    if (elapsed() - told >= tellEveryMs) {
      told = elapsed();
      yield { kind: "waiting", sentence: "CloudTrail delivers within about five minutes as a rule", elapsedMs: told };
    }
    await clock.waitUntil(clock.now() + lookEveryMs, signal);
  }
  yield {
    kind: "gave-up",
    sentence:
      "The call was made, and its event has not come: the trail may not cover this region or account, or leave read-only events out",
    elapsedMs: elapsed(),
  };
}
