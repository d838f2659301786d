import { AwsError, type OutputOf } from "../../../../aws/index.ts";
import { unsupported, validation } from "../errors.ts";
import { keyArn, type KmsKey } from "../keys/key.ts";
import { keyNeed } from "../keys/key-need.ts";
import { makeSymmetricMaterial } from "../keys/make-key.ts";
import { checkUsable, withDueRotations } from "../keys/use-key.ts";
import { type Kms, type KmsOperation, onKey } from "../operation.ts";
import { pageOf } from "../page.ts";
import { checkIsCustomers } from "./key-policy.ts";

const dayMilliseconds = 24 * 60 * 60 * 1000;

export function getKeyRotationStatus(kms: Kms): KmsOperation<"GetKeyRotationStatus"> {
  return onKey(kms, "GetKeyRotationStatus", {
    needs: (_input, key, call) => [keyNeed(kms.state, key, call, "kms:GetKeyRotationStatus")],
    answer(_input, found) {
      checkRotates(found);
      const key = withDueRotations(kms.state, found);
      return {
        KeyId: keyArn(key),
        KeyRotationEnabled: key.rotation !== undefined && key.deletion === undefined,
        ...(key.rotation === undefined
          ? {}
          : { RotationPeriodInDays: key.rotation.periodDays, NextRotationDate: new Date(key.rotation.nextAt) }),
      };
    },
  });
}

export function enableKeyRotation(kms: Kms): KmsOperation<"EnableKeyRotation"> {
  return onKey(kms, "EnableKeyRotation", {
    needs: (input, key, call) => [
      keyNeed(kms.state, key, call, "kms:EnableKeyRotation", {
        "kms:RotationPeriodInDays": String(input.RotationPeriodInDays ?? 365),
      }),
    ],
    answer(input, found, call) {
      checkIsCustomers(found, call);
      checkRotates(found);
      checkUsable(found, "ENCRYPT_DECRYPT", call.operation);
      const key = withDueRotations(kms.state, found);
      const periodDays = input.RotationPeriodInDays ?? key.rotation?.periodDays ?? 365;
      if (!Number.isInteger(periodDays) || periodDays < 90 || periodDays > 2560) {
        throw validation(
          `1 validation error detected: Value '${periodDays}' at 'rotationPeriodInDays' failed to satisfy constraint: Member must be between 90 and 2560`,
        );
      }
      const isSame = key.rotation?.periodDays === periodDays;
      const rotation = isSame ? key.rotation : { periodDays, nextAt: call.at + periodDays * dayMilliseconds };
      if (rotation !== undefined) kms.state.putKey({ ...key, rotation });
      return {};
    },
  });
}

export function disableKeyRotation(kms: Kms): KmsOperation<"DisableKeyRotation"> {
  return onKey(kms, "DisableKeyRotation", {
    needs: (_input, key, call) => [keyNeed(kms.state, key, call, "kms:DisableKeyRotation")],
    answer(_input, found, call) {
      checkIsCustomers(found, call);
      checkRotates(found);
      checkUsable(found, "ENCRYPT_DECRYPT", call.operation);
      const { rotation: _rotation, ...key } = withDueRotations(kms.state, found);
      kms.state.putKey(key);
      return {};
    },
  });
}

/** API Reference, RotateKeyOnDemand: at most ten times in a key's life (25 since 2025, by the quotas page). */
const onDemandMax = 25;

export function rotateKeyOnDemand(kms: Kms): KmsOperation<"RotateKeyOnDemand"> {
  return onKey(kms, "RotateKeyOnDemand", {
    needs: (_input, key, call) => [keyNeed(kms.state, key, call, "kms:RotateKeyOnDemand")],
    answer(_input, found, call) {
      checkIsCustomers(found, call);
      checkRotates(found);
      checkUsable(found, "ENCRYPT_DECRYPT", call.operation);
      const key = withDueRotations(kms.state, found);
      if (key.materials.filter(({ reason }) => reason === "ON_DEMAND").length >= onDemandMax) {
        throw new AwsError("LimitExceededException", "The key was rotated on demand as often as it may be");
      }
      const material = makeSymmetricMaterial(kms.state, { at: call.at, reason: "ON_DEMAND" });
      kms.state.putKey({ ...key, materials: [...key.materials, material] });
      return { KeyId: keyArn(key) };
    },
  });
}

export function listKeyRotations(kms: Kms): KmsOperation<"ListKeyRotations"> {
  return onKey(kms, "ListKeyRotations", {
    needs: (_input, key, call) => [keyNeed(kms.state, key, call, "kms:ListKeyRotations")],
    answer(input, found) {
      checkRotates(found);
      const key = withDueRotations(kms.state, found);
      const rotations = key.materials.filter(({ reason }) => reason !== "created");
      const isAll = input.IncludeKeyMaterial === "ALL_KEY_MATERIAL";
      const { page, about } = pageOf(isAll ? key.materials : rotations, input, 1000);
      return {
        Rotations: page.map((material): NonNullable<OutputOf<"kms", "ListKeyRotations">["Rotations"]>[number] => ({
          KeyId: keyArn(key),
          KeyMaterialId: material.id,
          KeyMaterialState: material === key.materials.at(-1) ? "CURRENT" : "NON_CURRENT",
          ...(material.reason === "created"
            ? {}
            : { RotationDate: new Date(material.since), RotationType: material.reason }),
        })),
        ...about,
      };
    },
  });
}

/** KMS Developer Guide, 'Rotate AWS KMS keys': symmetric encryption keys only. */
function checkRotates(key: KmsKey): void {
  if (key.spec !== "SYMMETRIC_DEFAULT") throw unsupported("Rotation of an asymmetric or HMAC key");
}
