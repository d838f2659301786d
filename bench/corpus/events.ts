import {
  createRandom,
  denyAccess,
  makePlace,
  perform,
  reportMissing,
  throttle,
  throughService,
  type MadeUpRecord,
  type Performance,
  type Random,
  type Refusal,
} from "../../src/sandbox/index.ts";
import { plant, type Planted } from "./needles.ts";
import { makePrincipals, type Principal, type Session } from "./principals.ts";
import { corpusDays, corpusStartsAt, type Stream } from "./shape.ts";

export interface StreamEvent {
  readonly at: number;
  readonly record: MadeUpRecord;
}

/** Makes the events of one account and region in the order of time; `firstNumber` is the first one's number. */
export function* makeStreamEvents(
  seed: string,
  stream: Stream,
  firstNumber: number,
  needles: ReadonlyMap<number, Planted>,
): Generator<StreamEvent> {
  const { accountId, region } = stream;
  const random = createRandom(`${seed}/events/${accountId}/${region}`);
  const place = makePlace(seed, accountId, region);
  const principals = makePrincipals(createRandom(`${seed}/principals/${accountId}`), accountId);
  const sessions = new Map<Principal, Session>();
  let number = firstNumber;
  for (const at of spreadOverDays(random, stream.events)) {
    const principal = random.pick(principals);
    let session = sessions.get(principal);
    if (session === undefined || session.endsAt < at) {
      session = principal.startSession(random, place, at);
      sessions.set(principal, session);
    }
    const operation = random.pick(principal.mix);
    const caller = throughService(random, operation, session.caller);
    const fails = random.fraction() < principal.failureRate;
    const base: Performance = fails
      ? {
          random,
          place,
          at,
          operation,
          caller,
          refusal: refuse(random, operation, caller.arn, accountId),
        }
      : { random, place, at, operation, caller };
    const needle = needles.get(number);
    yield { at, record: perform(needle === undefined ? base : plant(needle, base)) };
    number += 1;
  }
}

function refuse(random: Random, operation: Performance["operation"], callerArn: string, accountId: string): Refusal {
  const kind = random.int(20);
  if (kind < 12) return denyAccess(operation, callerArn, accountId);
  return kind < 17 ? reportMissing(operation, random) : throttle(operation);
}

/** Busy hours and quiet ones: office hours in UTC carry twice the night's load, weekends two thirds. */
const hourWeights = Array.from({ length: corpusDays * 24 }, (_, hour) => {
  const day = new Date(corpusStartsAt + hour * 3_600_000);
  const isWeekend = day.getUTCDay() % 6 === 0;
  const isOffice = day.getUTCHours() >= 7 && day.getUTCHours() < 18;
  return (isOffice ? 2 : 1) * (isWeekend ? 0.66 : 1);
});
const weightOfAll = hourWeights.reduce((sum, weight) => sum + weight, 0);

/** Instants in rising order, as many as asked for, thick where the hours are busy. */
function* spreadOverDays(random: Random, count: number): Generator<number> {
  let hour = 0;
  let before = 0;
  for (let index = 0; index < count; index += 1) {
    const target = ((index + random.fraction()) / count) * weightOfAll;
    let weight = hourWeights[hour] ?? 1;
    while (before + weight < target && hour < hourWeights.length - 1) {
      before += weight;
      hour += 1;
      weight = hourWeights[hour] ?? 1;
    }
    yield corpusStartsAt + Math.floor((hour + Math.min(0.999_999, (target - before) / weight)) * 3_600_000);
  }
}
