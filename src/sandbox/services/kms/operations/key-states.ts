import { invalidState, validation } from "../errors.ts";
import { keyArn } from "../keys/key.ts";
import { keyNeed } from "../keys/key-need.ts";
import { checkNotPending } from "../keys/use-key.ts";
import { type Kms, type KmsOperation, onKey } from "../operation.ts";
import { checkIsCustomers } from "./key-policy.ts";

const dayMilliseconds = 24 * 60 * 60 * 1000;

export function enableKey(kms: Kms): KmsOperation<"EnableKey"> {
  return onKey(kms, "EnableKey", {
    needs: (_input, key, call) => [keyNeed(kms.state, key, call, "kms:EnableKey")],
    answer(_input, key, call) {
      checkIsCustomers(key, call);
      checkNotPending(key);
      kms.state.putKey({ ...key, isEnabled: true });
      return {};
    },
  });
}

export function disableKey(kms: Kms): KmsOperation<"DisableKey"> {
  return onKey(kms, "DisableKey", {
    needs: (_input, key, call) => [keyNeed(kms.state, key, call, "kms:DisableKey")],
    answer(_input, key, call) {
      checkIsCustomers(key, call);
      checkNotPending(key);
      kms.state.putKey({ ...key, isEnabled: false });
      return {};
    },
  });
}

export function scheduleKeyDeletion(kms: Kms): KmsOperation<"ScheduleKeyDeletion"> {
  return onKey(kms, "ScheduleKeyDeletion", {
    needs: (input, key, call) => [
      keyNeed(kms.state, key, call, "kms:ScheduleKeyDeletion", {
        "kms:ScheduleKeyDeletionPendingWindowInDays": String(input.PendingWindowInDays ?? 30),
      }),
    ],
    answer(input, key, call) {
      checkIsCustomers(key, call);
      checkNotPending(key);
      const windowDays = input.PendingWindowInDays ?? 30;
      if (!Number.isInteger(windowDays) || windowDays < 7 || windowDays > 30) {
        throw validation(
          `1 validation error detected: Value '${windowDays}' at 'pendingWindowInDays' failed to satisfy constraint: Member must be between 7 and 30`,
        );
      }
      const at = call.at + windowDays * dayMilliseconds;
      kms.state.putKey({ ...key, isEnabled: false, deletion: { at, windowDays } });
      const output = {
        KeyId: keyArn(key),
        DeletionDate: new Date(at),
        KeyState: "PendingDeletion" as const,
        PendingWindowInDays: windowDays,
      };
      call.note({
        responseElements: {
          keyId: keyArn(key),
          keyState: "PendingDeletion",
          deletionDate: recordDate(at),
          pendingWindowInDays: windowDays,
        },
      });
      return output;
    },
  });
}

/** The key is off afterwards, and has to be enabled. API Reference, CancelKeyDeletion. */
export function cancelKeyDeletion(kms: Kms): KmsOperation<"CancelKeyDeletion"> {
  return onKey(kms, "CancelKeyDeletion", {
    needs: (_input, key, call) => [keyNeed(kms.state, key, call, "kms:CancelKeyDeletion")],
    answer(_input, key, call) {
      if (key.deletion === undefined) throw invalidState(`${keyArn(key)} is not pending deletion.`);
      const { deletion: _deletion, ...rest } = key;
      kms.state.putKey({ ...rest, isEnabled: false });
      call.note({ responseElements: { keyId: keyArn(key) } });
      return { KeyId: keyArn(key) };
    },
  });
}

/** As records write dates: `Mar 20, 2024, 11:16:09 PM` (S3 User Guide's example; records of 2023 have one comma less). */
function recordDate(at: number): string {
  return new Intl.DateTimeFormat("en-US", {
    ...{ timeZone: "UTC", month: "short", day: "numeric", year: "numeric" },
    ...{ hour: "numeric", minute: "2-digit", second: "2-digit" },
  })
    .format(at)
    .replace("\u202f", " ");
}
