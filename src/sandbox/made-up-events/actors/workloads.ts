import { agents } from "../agents.ts";
import type { Caller } from "../callers.ts";
import { workloadMix } from "../mixes.ts";
import { happen } from "../perform.ts";
import { denyAccess, reportMissing, throttle } from "../refusals.ts";
import type { Place } from "../places.ts";
import type { Happening } from "../record.ts";
import { throughService } from "../through-service.ts";
import { hour, type Actor, type Shift } from "./actor.ts";
import { startRoleSession } from "./sessions.ts";

const programs = [agents.javaSdk, agents.goSdk, agents.nodeSdk, agents.boto];

/** Servers and functions: they never sleep, but they are busier when the shop has customers. */
export const workloads: Actor = {
  name: "workloads",
  share: 0.46,
  weekend: 0.9,
  work: workAsWorkloads,
};

function* workAsWorkloads(shift: Shift): Generator<Happening> {
  const { company, random, dayStart } = shift;
  const callers = new Map<string, Caller>();
  for (let made = 0; made < shift.budget; made += 1) {
    const accountId = random.pick(company.accounts).id;
    const region = random.chance(0.75) ? company.homeRegion : random.pick(company.regions);
    const place = company.placeIn(accountId, region);
    const at = dayStart + busyInstant(random.fraction()) * hour;
    const number = random.int(10);
    const quarterOfDay = Math.floor((at - dayStart) / (6 * hour));
    const key = `${accountId}/${region}/${number}/${quarterOfDay}`;
    let caller = callers.get(key);
    if (caller === undefined) {
      caller = startWorkload(shift, place, number, dayStart + quarterOfDay * 6 * hour);
      callers.set(key, caller);
    }
    const operation = random.pick(workloadMix);
    const base = {
      random,
      place,
      at,
      operation,
      caller: throughService(random, operation, caller),
    };
    const luck = random.int(1000);
    if (luck < 4) yield happen({ ...base, refusal: throttle(operation) });
    else if (luck < 14) yield happen({ ...base, refusal: reportMissing(operation, random) });
    else if (luck < 18) yield happen({ ...base, refusal: denyAccess(operation, caller.arn, accountId) });
    else yield happen(base);
  }
}

/** Turns an even draw into an hour of the day, three times as likely at 19 h as at 3 h. */
function busyInstant(even: number): number {
  return (
    24 * even -
    (24 / (2 * Math.PI)) * 0.5 * Math.sin(2 * Math.PI * (even + 0.2)) +
    (24 / (2 * Math.PI)) * 0.5 * Math.sin(2 * Math.PI * 0.2)
  );
}

function startWorkload({ company, random }: Shift, place: Place, number: number, startedAt: number): Caller {
  const roleName = place.roles[number] ?? "service-role";
  const onInstance = number % 3 === 0;
  const sessionName = onInstance ? (place.instances[number] ?? "i-0") : (place.functions[number] ?? "worker");
  const isPrivate = number % 4 === 1;
  const network = isPrivate
    ? {
        sourceIp: `10.20.${random.int(8)}.${random.int(250) + 4}`,
        vpcEndpointId: random.pick(place.vpcEndpoints),
      }
    : { sourceIp: `198.51.100.${10 + number * 4 + random.int(4)}` };
  const userAgent = programs[number % programs.length] ?? agents.boto;
  const role = { accountId: place.accountId, roleName, sessionName, startedAt, onInstance };
  return startRoleSession(company, random, role, { userAgent, tls: "TLSv1.3", ...network });
}
