import type { CheckContext, Drift, DriftCheck } from "./check.ts";
import { changeSteps } from "./change-steps.ts";
import { policyDrift } from "./policy-drift.ts";
import { compared, mentionsOf, nameNow, valueNow } from "./settings-now.ts";

/** CloudTrail cannot encrypt with the key, so it delivers nothing. */
export const keyUnusable: DriftCheck = {
  name: "key-unusable",
  summary: "The key that encrypts log files is off, waits to be deleted, or does not let CloudTrail use it",
  find(context) {
    const keyArn = valueNow(context, "trail")?.keyArn;
    // A key that the trail does not use any more may be off.
    if (keyArn !== undefined && keyArn !== context.now.places.key?.arn) return [];
    return [...stateDrift(context), ...keyPolicyDrift(context)];
  },
};

function stateDrift(context: CheckContext): readonly Drift[] {
  const both = compared(context, "key-state");
  if (both?.was !== "Enabled" || both.is === "Enabled") return [];
  const name = nameNow(context, "key");
  const { is } = both;
  const told = {
    check: "key-unusable",
    about: `the key ${name}`,
    sentence: `The key ${name} was enabled and is ${inWords(is)}`,
    culprit: {
      eventNames: ["DisableKey", "ScheduleKeyDeletion", "DeleteImportedKeyMaterial", "DisconnectCustomKeyStore"],
      mentions: mentionsOf(context.now.places.key),
    },
  };
  const loss = "CloudTrail can encrypt no log files, so it delivers none, and those that are there cannot be read";
  if (is !== "Disabled" && is !== "PendingDeletion") {
    const gone = is === undefined ? ". What was encrypted with it can never be read again" : "";
    const help = "Give the trail another key, or none: enabling does not help here";
    return [{ ...told, loss: `${loss}${gone}`, manner: "tell", steps: [], help }];
  }
  const forever = ". When it is deleted, nobody can ever again read what was encrypted with it";
  return [
    {
      ...told,
      loss: `${loss}${is === "PendingDeletion" ? forever : ""}`,
      manner: "repair",
      steps: changeSteps(context, "key-state", "Enabled", {
        what: is === "Disabled" ? `Enable the key ${name}` : `Cancel the deletion of the key ${name}, and enable it`,
        why: "Without it CloudTrail delivers no log files, and nobody can read those that are there",
        cost: "KMS's price for the key, a dollar a month",
        undo: "The key is disabled again; a deletion is not scheduled again",
      }),
      help: "CloudTrail delivers afterwards what it could not, for 30 days back",
    },
  ];
}

function keyPolicyDrift(context: CheckContext): readonly Drift[] {
  if (valueNow(context, "key-state") === undefined) return [];
  const name = nameNow(context, "key");
  return policyDrift(
    context,
    {
      check: "key-unusable",
      setting: "key-policy",
      home: "key",
      manner: "propose",
      culprit: { eventNames: ["PutKeyPolicy"], mentions: mentionsOf(context.now.places.key) },
      replays: false,
      isRefused: (context.now.status?.deliveryError ?? "").startsWith("KMS"),
    },
    {
      about: `the policy of the key ${name}`,
      effect: `CloudTrail may not encrypt log files with the key ${name}`,
      loss: "CloudTrail can encrypt no log files, so it delivers none; it tries for 30 days, and then they are lost",
      what: `Let CloudTrail encrypt with the key ${name} again`,
      help: "The policy of a key is never changed without your yes: read what is added, then apply it",
    },
  );
}

function inWords(state: string | undefined): string {
  if (state === undefined) return "deleted";
  if (state === "PendingDeletion") return "waiting to be deleted";
  return state === "Disabled" ? "disabled" : `in the state ${state}`;
}
