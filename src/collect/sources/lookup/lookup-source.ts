import { growingPauseMs } from "../../../base/growing-pause.ts";
import { accessSecrets } from "../../access/access-settings.ts";
import { AccountSightings } from "../account-sightings.ts";
import { diagnose } from "../diagnose.ts";
import { good, type Finding } from "../findings.ts";
import { defineSource, type CheckContext, type SourceContext } from "../source.ts";
import { paceFor } from "./call-pace.ts";
import { LookupRegion } from "./lookup-region.ts";
import { findRegions } from "./lookup-regions.ts";
import { lookupSettings, type LookupSettings } from "./lookup-settings.ts";
import { RegionTroubles } from "./region-troubles.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** Regions are enabled rarely: the list is made anew when the source begins, and so often. */
const regionsEveryMs = dayMs;
const pauseMs = { first: 1_000, most: 60_000 };

/** Asks CloudTrail's own event history, which every account has, with a trail or without. */
export const lookupSource = defineSource<LookupSettings>({
  type: "lookup",
  summary:
    "Asks CloudTrail's event history: the management events of the last 90 days, for accounts that have no trail",
  settings: lookupSettings,
  secrets: accessSecrets,
  permissions: [
    { action: "cloudtrail:LookupEvents", purpose: "to read the event history" },
    { action: "ec2:DescribeRegions", purpose: "to know which regions are enabled", isOptional: true },
  ],
  access: (settings) => settings,
  place: ({ accountId, regions }) =>
    `the event history of ${accountId === undefined ? "the account" : `account ${accountId}`}${
      regions === undefined ? "" : ` in ${regions.join(", ")}`
    }`,
  quietAfterMs: () => 6 * hourMs,
  run: runLookup,
  check: checkLookup,
});

async function runLookup(settings: LookupSettings, context: SourceContext): Promise<void> {
  const { signal, clock } = context;
  for (;;) {
    const accountId = await findAccount(settings, context);
    await new AccountSightings(context).see(accountId);
    const { regions } = await findRegions(settings, context.aws, signal);
    const renewing = new AbortController();
    const ending = AbortSignal.any([signal, renewing.signal]);
    const renewed = clock.waitUntil(clock.now() + regionsEveryMs, ending).then(
      () => renewing.abort(new DOMException("The list of regions is made anew", "AbortError")),
      () => undefined,
    );
    try {
      await lookInAll(settings, { ...context, signal: ending }, { accountId, regions });
    } catch (error) {
      if (!renewing.signal.aborted || signal.aborted) throw error;
    } finally {
      renewing.abort();
      await renewed;
    }
  }
}

async function lookInAll(
  settings: LookupSettings,
  context: SourceContext,
  { accountId, regions }: { readonly accountId: string; readonly regions: readonly string[] },
): Promise<void> {
  const { clock, report, aws } = context;
  const troubles = new RegionTroubles(report, regions);
  const missing = new Map(regions.map((region) => [region, settings.days * dayMs]));
  const tellProgress = () => {
    const missingMs = [...missing.values()].reduce((sum, one) => sum + one, 0);
    const total = settings.days * regions.length;
    const where = regions.length === 1 ? "1 region" : `${regions.length} regions`;
    const what = `Looking back ${settings.days} days in ${where}`;
    const done = Math.max(0, Math.floor(total - missingMs / dayMs));
    report.progress(missingMs === 0 ? undefined : { what, done, total, unit: "days" });
  };
  const failing = new AbortController();
  const signal = AbortSignal.any([context.signal, failing.signal]);
  const looking = regions.map(async (region) => {
    const client = await aws.client("cloudtrail", region);
    const one = new LookupRegion({
      context: { ...context, signal },
      accountId,
      region,
      days: settings.days,
      everyMs: settings.everySeconds * 1000,
      call: (input, options) => client.call("LookupEvents", input, options),
      pace: paceFor(clock, `${settings.endpoint ?? ""} ${accountId} ${region}`),
      onAnswer: () => troubles.answered(region),
      onTrouble: (error) =>
        troubles.failed(region, diagnose(error, { what: `the event history in ${region}`, region })),
      onProgress(missingMs) {
        missing.set(region, missingMs);
        tellProgress();
      },
    });
    await one.run();
  });
  try {
    await Promise.all(looking);
  } finally {
    failing.abort(new DOMException("Stopped", "AbortError"));
    await Promise.allSettled(looking);
  }
}

/** Who we are to AWS, asked until it is answered; files are named after it. */
async function findAccount(settings: LookupSettings, context: SourceContext): Promise<string> {
  const { clock, signal, report } = context;
  for (let failures = 0; ; failures++) {
    const found = await askAccount(settings, context);
    if (typeof found === "string") return found;
    report.trouble(found);
    await clock.waitUntil(clock.now() + growingPauseMs(pauseMs, failures), signal);
  }
}

async function askAccount(
  { region, roleArn, accountId }: LookupSettings,
  { aws, signal }: Pick<CheckContext, "aws" | "signal">,
): Promise<string | Finding> {
  try {
    const sts = await aws.client("sts", region);
    const { Account = "" } = await sts.call("GetCallerIdentity", {}, { signal });
    if (accountId === undefined || accountId === Account) return Account;
    return {
      code: "credentials-invalid",
      isGood: false,
      sentence: `The credentials are of account ${Account}, not of ${accountId}`,
      help: "Give a role of that account, or leave the account out",
    };
  } catch (error) {
    signal.throwIfAborted();
    return diagnose(error, { what: "STS", region, roleArn });
  }
}

async function* checkLookup(settings: LookupSettings, context: CheckContext): AsyncGenerator<Finding> {
  const { aws, clock, signal } = context;
  const account = await askAccount(settings, context);
  if (typeof account !== "string") {
    yield account;
    return;
  }
  yield good(`The credentials are of account ${account}`);
  const { regions, problem } = await findRegions(settings, aws, signal);
  if (problem !== undefined) {
    const sentence = `The enabled regions are not known, so ${regions.length} are looked up that every account has`;
    yield { ...problem, isGood: true, sentence };
  }
  for (const region of regions) {
    try {
      await paceFor(clock, `${settings.endpoint ?? ""} ${account} ${region}`).turn(signal);
      const client = await aws.client("cloudtrail", region);
      await client.call("LookupEvents", { MaxResults: 1 }, { signal });
    } catch (error) {
      signal.throwIfAborted();
      yield diagnose(error, { what: `the event history in ${region}`, region });
      return;
    }
  }
  yield good(`The event history can be read in ${regions.length === 1 ? "1 region" : `${regions.length} regions`}`);
}
