import type { Clock } from "../../base/clock.ts";
import type { SetupAws } from "../setup-aws.ts";
import type { Culprit } from "../setup.ts";
import type { WiringPlaces } from "../wiring/wiring.ts";
import { findInHistory } from "./event-history.ts";
import type { EventAsk, EventFinder } from "./find-events.ts";

export interface CulpritsOptions {
  readonly events: EventFinder;
  readonly aws: SetupAws;
  readonly clock: Clock;
  /** Ends what is asked of AWS's event history. */
  readonly signal: AbortSignal;
  /** What our own calls have in their user agent, and when we made some. */
  readonly own: {
    readonly userAgent: string;
    readonly runs: readonly { readonly from: number; readonly to: number }[];
  };
}

/** A record's time has seconds, and clocks differ a little. */
export const slackMs = 5_000;

/** Finds who did something: never ourselves, who only mended it. */
export class Culprits {
  readonly #options: CulpritsOptions;

  constructor(options: CulpritsOptions) {
    this.#options = options;
  }

  /** By the events that are stored; by AWS's event history where the way is broken that they would have come. */
  async find(ask: EventAsk, places: WiringPlaces): Promise<Culprit | undefined> {
    const isTheirs = (event: Culprit) => !this.#isOurs(event);
    const stored = (await this.#options.events.find(ask)).find(isTheirs);
    if (stored !== undefined) return stored;
    const [own, global] = [Object.values(places), Object.values(places).flatMap(globalPlace)];
    const asked = distinct(own);
    const there = (await findInHistory(ask, asked, this.#options)).find(isTheirs);
    if (there !== undefined) return there;
    const keys = new Set(asked.map(keyOf));
    const rest = distinct(global).filter((at) => !keys.has(keyOf(at)));
    return (await findInHistory(ask, rest, this.#options)).find(isTheirs);
  }

  /** Its user agent alone would be easy to borrow; it also has to be of a time when we changed something. */
  #isOurs({ userAgent, eventTime }: Culprit): boolean {
    const { own } = this.#options;
    const at = Date.parse(eventTime);
    const isOfRun = own.runs.some(({ from, to }) => at >= from - slackMs && at <= to + slackMs);
    return isOfRun && userAgent.includes(own.userAgent);
  }
}

interface At {
  readonly accountId: string;
  readonly region: string;
}

/** Where IAM and Organizations have their events (CloudTrail User Guide, "Global service events"). */
const globalRegions: Readonly<Record<string, string>> = {
  aws: "us-east-1",
  "aws-cn": "cn-north-1",
  "aws-us-gov": "us-gov-west-1",
};

function globalPlace({ accountId, arn }: At & { readonly arn: string }): readonly At[] {
  const region = globalRegions[arn.split(":")[1] ?? ""];
  return region === undefined ? [] : [{ accountId, region }];
}

function distinct(places: readonly At[]): readonly At[] {
  return [
    ...new Map(places.map(({ accountId, region }) => [keyOf({ accountId, region }), { accountId, region }])).values(),
  ];
}

function keyOf({ accountId, region }: At): string {
  return `${accountId} ${region}`;
}
