import { type Clock, systemClock } from "../base/clock.ts";
import type { Lineage, LineageStep } from "./actor.ts";
import { type Issue, IssuingEvents, type LineageStore } from "./issuing-events.ts";
import { type Standing, standingOf, standingOfArn } from "./standing.ts";

/** Longer chains of roles are of somebody who wants nobody to follow. */
const stepsMax = 10;
/** Who makes a key for another user and uses it so soon acts in that user's name. */
const freshKeyMs = 60 * 60_000;

const keyForm = /^[A-Z0-9]{16,128}$/;
const booksByStore = new WeakMap<LineageStore, IssuingEvents>();

/**
 * Follows an event's credentials back to who stands behind them, through the events that issued each of them. What is
 * not stored is told as cut off, never guessed.
 */
export async function traceLineage(
  record: unknown,
  store: LineageStore,
  signal: AbortSignal,
  clock: Clock = systemClock,
): Promise<Lineage> {
  const book = booksByStore.get(store) ?? new IssuingEvents(store, clock);
  booksByStore.set(store, book);
  const steps: LineageStep[] = [];
  const seen = new Set<string>();
  let standing = standingOf(record);
  while (true) {
    const { actor } = standing;
    const origin =
      steps.length + 1 < stepsMax && !seen.has(actor.accessKey) ? await originOf(standing, book, signal) : cut;
    if (actor.accessKey !== "") seen.add(actor.accessKey);
    steps.push({ actor, issuedBy: origin.issue?.event });
    if (origin.caller === undefined) {
      const keyMadeBy = await keyMaker(standing, book, signal);
      return { steps, root: actor, isCut: origin.isCut, ...(keyMadeBy === undefined ? {} : { keyMadeBy }) };
    }
    standing = origin.caller;
  }
}

/** Where a standing came from: the event that issued it, who called that, and if the way ends here too early. */
interface Origin {
  readonly issue?: Issue;
  readonly caller?: Standing;
  readonly isCut: boolean;
}

const beginning: Origin = { isCut: false };
const cut: Origin = { isCut: true };

async function originOf(standing: Standing, book: IssuingEvents, signal: AbortSignal): Promise<Origin> {
  const { actor } = standing;
  switch (actor.kind) {
    case "root":
    case "user":
    case "role":
    case "person":
      return actor.key.startsWith("identity-center/") || actor.key.startsWith("directory/")
        ? beginning
        : originOfCredential(standing, book, signal);
    case "account":
      // of a foreign account only that account's own record tells who it was
      return actor.key === "account/anonymous" ? beginning : cut;
    case "service":
    case "saml":
    case "web-identity":
      return beginning;
    case "unknown":
      return isTemporary(actor.accessKey) ? originOfCredential(standing, book, signal) : beginning;
  }
}

async function originOfCredential(standing: Standing, book: IssuingEvents, signal: AbortSignal): Promise<Origin> {
  const { actor, time, issuerArn } = standing;
  if (actor.accessKey.startsWith("AKIA")) return originOfLastingKey(standing, book, signal);
  if (isTemporary(actor.accessKey)) {
    const issue = await book.ofSessionKey(actor.accessKey, time, signal);
    if (issue !== undefined) return { issue, caller: issue.caller, isCut: false };
  }
  // a program's session has no other way in than the call that gave it its key
  const mayBeConsole = actor.kind !== "role" || standing.isFromConsole;
  const issue = mayBeConsole ? await book.ofSession(standing, signal) : undefined;
  if (actor.kind === "user" || actor.kind === "root") {
    const isFederated = actor.arn.includes(":federated-user/");
    // a user is who they are, however they signed in
    return { ...(issue === undefined ? {} : { issue }), isCut: isFederated };
  }
  if (issue !== undefined) return originOfConsole(standing, issue);
  if (actor.arn.includes(":federated-user/") && issuerArn !== undefined) {
    return { caller: standingOfArn(issuerArn), isCut: false };
  }
  return cut;
}

/** A switch of role names who switched; a sign-in is told as the session's own event, often with another key. */
function originOfConsole({ actor }: Standing, issue: Issue): Origin {
  const { caller, event } = issue;
  if (event.eventName === "SwitchRole" && caller.switchedFrom !== undefined) {
    return { issue, caller: { ...standingOfArn(caller.switchedFrom), time: event.time }, isCut: false };
  }
  const { accessKey, arn } = caller.actor;
  const leadsOn = arn !== actor.arn || (isTemporary(accessKey) && accessKey !== actor.accessKey);
  return leadsOn ? { issue, caller, isCut: false } : { issue, isCut: true };
}

async function originOfLastingKey(
  { actor, time }: Standing,
  book: IssuingEvents,
  signal: AbortSignal,
): Promise<Origin> {
  if (!keyForm.test(actor.accessKey)) return beginning;
  const issue = await book.ofLastingKey(actor.accessKey, signal);
  if (issue === undefined || issue.caller.actor.key === actor.key) return beginning;
  const isFresh = time !== undefined && time - issue.event.time <= freshKeyMs;
  return isFresh ? { issue, caller: issue.caller, isCut: false } : beginning;
}

async function keyMaker({ actor }: Standing, book: IssuingEvents, signal: AbortSignal): Promise<Lineage["keyMadeBy"]> {
  if (!actor.accessKey.startsWith("AKIA") || !keyForm.test(actor.accessKey)) return undefined;
  const issue = await book.ofLastingKey(actor.accessKey, signal);
  return issue === undefined ? undefined : { ...issue.event, actor: issue.caller.actor };
}

function isTemporary(key: string): boolean {
  return key.startsWith("ASIA") && keyForm.test(key);
}
