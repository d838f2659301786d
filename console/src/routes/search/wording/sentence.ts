import type { EventRow } from "../../../api.ts";
import { formatInstant } from "../../../parts/instants.ts";
import type { Zone } from "../../../parts/instants.ts";
import { deedOf } from "./deeds.ts";
import type { Piece } from "./deeds.ts";
import { textAt } from "./record.ts";
import { actorKinds, isAddress, outcomeOf, programOf } from "./words.ts";

/** Whether the caller had proved a second factor, where the record says so. */
export function mfaOf(record: unknown): "yes" | "no" | "unsaid" {
  const said =
    textAt(record, "userIdentity.sessionContext.attributes.mfaAuthenticated") ||
    textAt(record, "additionalEventData.MFAUsed");
  if (/^(?:true|yes)$/i.test(said)) return "yes";
  return /^(?:false|no)$/i.test(said) ? "no" : "unsaid";
}

function who(record: unknown, event: EventRow): readonly Piece[] {
  const { actor } = event;
  const mfa = mfaOf(record);
  const isConsoleSignIn = event.eventName === "ConsoleLogin";
  const notes = [
    actorKinds[actor.kind].words,
    mfa === "yes" ? "with MFA" : mfa === "no" && (actor.kind === "root" || isConsoleSignIn) ? "without MFA" : "",
  ].filter((note) => note !== "");
  const session: readonly Piece[] =
    actor.session === undefined || actor.session === "" || actor.session === actor.name
      ? []
      : [", session ", { value: actor.session }];
  const name = actor.name === "" ? "Someone" : actor.name;
  return [{ value: name }, ` (${notes.join(", ")}`, ...session, ")"];
}

function where(event: EventRow): readonly Piece[] {
  if (event.sourceIp === "" || event.sourceIp === "AWS Internal") return [];
  if (isAddress(event.sourceIp)) return [" from ", { value: event.sourceIp }];
  return event.sourceIp === event.actor.name ? [] : [" through ", { value: event.sourceIp }];
}

function how(record: unknown, event: EventRow): readonly Piece[] {
  if (event.eventName === "ConsoleLogin") return [];
  // sessionCredentialFromConsole (docs.aws.amazon.com/awscloudtrail/latest/userguide/
  // cloudtrail-event-reference-record-contents.html): the request came from an AWS Management Console session.
  if (textAt(record, "sessionCredentialFromConsole") === "true") return [" using the AWS console"];
  const program = programOf(event.userAgent);
  return program === undefined ? [] : [` using ${program}`];
}

/** WHO did WHAT to WHICH from WHERE, with what result, as far as the record says. */
export function sentenceOf(record: unknown, event: EventRow, zone: Zone): readonly Piece[] {
  const outcome = outcomeOf(event);
  const deed = deedOf(record, event.eventName, event.eventSource);
  const circumstances = [...where(event), ...how(record, event), ` on ${formatInstant(event.time, zone)}`];
  if (!outcome.isError) return [...who(record, event), " ", ...deed.done, ...circumstances, "."];
  return [
    ...who(record, event),
    " tried to ",
    ...deed.tried,
    ...circumstances,
    ", and it failed: ",
    { value: outcome.text },
    ".",
  ];
}
