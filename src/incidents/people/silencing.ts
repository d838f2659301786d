import { IncidentError } from "../errors.ts";
import type { Silence, SilenceScope } from "../incident.ts";
import type { IncidentOptions } from "../options.ts";
import { silenceOf } from "../silences/silence-scope.ts";

const valueLengthMax = 500;
const reasonLengthMax = 2_000;
const silenceMsMax = 366 * 86_400_000;
const silencesMax = 1_000;
const names = ["rule", "actor", "accountId", "resource"] as const;

type SilencingOptions = Pick<IncidentOptions, "table" | "clock" | "newId">;

/** What people silenced, as long as it has not ended. */
export async function activeSilences({ table, clock }: Pick<IncidentOptions, "table" | "clock">): Promise<Silence[]> {
  const now = clock.now();
  return (await table.silences()).map(silenceOf).filter(({ until }) => until > now);
}

/** Begins a silence; throws `silence-refused`. */
export async function beginSilence(
  ask: { readonly scope: SilenceScope; readonly until: number; readonly reason: string; readonly by: string },
  options: SilencingOptions,
): Promise<Silence> {
  const now = options.clock.now();
  const scope = readScope(ask.scope);
  if (!(ask.until > now)) throw refusedSilence("A silence ends later than now", "Name an end to come");
  if (ask.until > now + silenceMsMax) throw refusedSilence("A silence ends within a year", "Name an earlier end");
  if (ask.reason.trim() === "") throw refusedSilence("A silence has a reason", "Say why, for those who wonder later");
  const known = await options.table.silences();
  for (const { id, until } of known) if (until <= now) await options.table.removeSilence(id);
  if (known.filter(({ until }) => until > now).length >= silencesMax) {
    throw refusedSilence(`There are ${silencesMax} silences already`, "End some, or turn rules off");
  }
  const reason = ask.reason.trim().slice(0, reasonLengthMax);
  const silence: Silence = { id: options.newId(), until: ask.until, createdAt: now, by: ask.by, reason, scope };
  const { id, until, createdAt, by } = silence;
  await options.table.putSilence({ id, until, createdAt, by, reason, content: { scope } });
  return silence;
}

/** Ends a silence before its time; throws `silence-unknown`. */
export async function endSilence(id: string, options: SilencingOptions): Promise<void> {
  const known = await options.table.silences();
  if (!known.some((row) => row.id === id)) {
    throw new IncidentError(`There is no silence ${id.slice(0, 100)}`, {
      ...{ code: "silence-unknown", fault: "user", help: "See the list of silences; it may have ended" },
    });
  }
  await options.table.removeSilence(id);
}

/** All that is given must fit, so that something must be given. */
function readScope(scope: SilenceScope): SilenceScope {
  const given = names.flatMap((name) => {
    const value = scope[name]?.trim() ?? "";
    return value === "" ? [] : [[name, value] as const];
  });
  if (given.length === 0)
    throw refusedSilence("A silence is about something", "Name a rule, an actor, an account or a resource");
  if (given.some(([, value]) => value.length > valueLengthMax)) {
    throw refusedSilence(`What is silenced has at most ${valueLengthMax} characters`, "Name it by its ARN or its key");
  }
  return Object.fromEntries(given);
}

function refusedSilence(message: string, help: string): IncidentError {
  return new IncidentError(message, { code: "silence-refused", fault: "user", help });
}
