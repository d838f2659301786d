import type { EventRow } from "../../../api.ts";
import { named } from "./pieces.ts";
import type { Piece } from "./pieces.ts";
import { textAt } from "./record.ts";
import { actorKinds, callOut } from "./words.ts";

/** Whether the caller had proved a second factor, where the record says so. */
export function mfaOf(record: unknown): "yes" | "no" | "unsaid" {
  const said =
    textAt(record, "userIdentity.sessionContext.attributes.mfaAuthenticated") ||
    textAt(record, "additionalEventData.MFAUsed");
  if (/^(?:true|yes)$/i.test(said)) return "yes";
  return /^(?:false|no)$/i.test(said) ? "no" : "unsaid";
}

/** Its lack is worth a word only where people expect one: a root user, or a password at the door. */
function mfaNote(record: unknown, event: EventRow): string {
  const mfa = mfaOf(record);
  if (mfa === "yes") return ", with MFA";
  return mfa === "no" && (event.actor.kind === "root" || event.eventName === "ConsoleLogin") ? ", without MFA" : "";
}

function roleCaller(event: EventRow, mfa: string): readonly Piece[] {
  const { main, aside } = callOut(event.actor);
  if (main === event.actor.session) return [{ value: main }, " (role ", { value: aside }, `${mfa})`];
  return [{ value: main }, " (role", ...named(", session ", aside), `${mfa})`];
}

/** Who it was, and what kind of actor that is. */
export function callerOf(record: unknown, event: EventRow): readonly Piece[] {
  const { actor } = event;
  const mfa = mfaNote(record, event);
  if (actor.kind === "role") return roleCaller(event, mfa);
  if (event.eventType === "AwsServiceEvent" && actor.name === "AWS Internal") return [{ value: "AWS" }, " itself"];
  if (actor.kind === "account") {
    // Of a caller from elsewhere CloudTrail tells only the account
    // (docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html).
    const account = textAt(record, "userIdentity.accountId");
    return account === ""
      ? ["Someone from another AWS account"]
      : ["Someone from the AWS account ", { value: account }];
  }
  // What stands for a name that may have been a password typed into the wrong field
  // (docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-aws-console-sign-in-events.html).
  if (actor.name === "HIDDEN_DUE_TO_SECURITY_REASONS") return [`Someone (user name hidden by AWS${mfa})`];
  const name =
    actor.kind === "identity-center" ? textAt(record, "additionalEventData.UserName") || actor.name : actor.name;
  if (name === "" || actor.kind === "unknown") return [name === "" || name === "unknown" ? "Someone" : { value: name }];
  return [{ value: name }, ` (${actorKinds[actor.kind].words}${mfa})`];
}
