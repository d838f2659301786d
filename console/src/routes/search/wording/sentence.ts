import type { EventRow } from "../../../api.ts";
import { formatInstant } from "../../../parts/instants.ts";
import type { Zone } from "../../../parts/instants.ts";
import { callerOf } from "./caller.ts";
import { deedOf } from "./deeds.ts";
import { insightSentence } from "./insight.ts";
import { named } from "./pieces.ts";
import type { Piece } from "./pieces.ts";
import { textAt } from "./record.ts";
import { isAddress, outcomeOf, programOf } from "./words.ts";

function where(record: unknown, event: EventRow): readonly Piece[] {
  const endpoint = event.category === "NetworkActivity" ? textAt(record, "vpcEndpointId") : "";
  const through = endpoint === "" ? [] : named(" through the VPC endpoint ", endpoint);
  if (isAddress(event.sourceIp)) return [" from ", { value: event.sourceIp }, ...through];
  if (event.eventType === "AwsServiceEvent") return through;
  // A service that called for someone puts its own name where the address would stand.
  const service = event.sourceIp === "" || event.sourceIp === "AWS Internal" ? (event.actor.via ?? "") : event.sourceIp;
  return service === event.actor.name || service === "AWS Internal"
    ? through
    : [...named(" through ", service), ...through];
}

function how(record: unknown, event: EventRow): readonly Piece[] {
  if (event.eventName === "ConsoleLogin" || event.eventName === "UserAuthentication") return [];
  // sessionCredentialFromConsole (docs.aws.amazon.com/awscloudtrail/latest/userguide/
  // cloudtrail-event-reference-record-contents.html): the request came from an AWS Management Console session.
  if (textAt(record, "sessionCredentialFromConsole") === "true") return [" using the AWS console"];
  const program = programOf(event.userAgent);
  return program === undefined ? [] : [` using ${program}`];
}

/** Deeds where the question is who did it to this one: the thing comes first. */
const passives: Readonly<Record<string, string>> = { CreateUser: "created", DeleteUser: "deleted" };

function passive(record: unknown, event: EventRow): readonly Piece[] | undefined {
  const verb = Object.hasOwn(passives, event.eventName) ? passives[event.eventName] : undefined;
  const user = textAt(record, "requestParameters.userName");
  if (verb === undefined || user === "" || event.eventSource !== "iam.amazonaws.com") return undefined;
  return ["The IAM user ", { value: user }, ` was ${verb} by `, ...callerOf(record, event)];
}

/** WHO did WHAT to WHICH from WHERE, with what result, as far as the record says. */
export function sentenceOf(record: unknown, event: EventRow, zone: Zone): readonly Piece[] {
  const when = ` on ${formatInstant(event.time, zone)}`;
  const insight = insightSentence(record);
  if (insight !== undefined) return [...insight, ...named(" in ", event.region), `${when}.`];
  const outcome = outcomeOf(event);
  const circumstances = [...where(record, event), ...how(record, event), when];
  const deed = deedOf(record, event.eventName, event.eventSource);
  const caller = callerOf(record, event);
  if (outcome.isError) {
    return [
      ...caller,
      " tried to ",
      ...deed.tried,
      ...circumstances,
      ", and it failed: ",
      { value: outcome.text },
      ".",
    ];
  }
  return [...(passive(record, event) ?? [...caller, " ", ...deed.done]), ...circumstances, "."];
}
