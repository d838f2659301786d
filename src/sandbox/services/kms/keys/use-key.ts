import { AwsError } from "../../../../aws/index.ts";
import { invalidState, invalidUsage } from "../errors.ts";
import { type KmsState } from "../kms-state.ts";
import { keyArn, type KeyMaterial, type KeyUsage, type KmsKey } from "./key.ts";
import { makeSymmetricMaterial } from "./make-key.ts";

const dayMilliseconds = 24 * 60 * 60 * 1000;

/** Refuses to work with a key that is off, or that is made for something else. KMS Developer Guide, 'Key states'. */
export function checkUsable(key: KmsKey, usage: KeyUsage, operation: string): void {
  if (key.deletion !== undefined) throw invalidState(`${keyArn(key)} is pending deletion.`);
  if (!key.isEnabled) throw new AwsError("DisabledException", `${keyArn(key)} is disabled.`);
  if (key.usage !== usage) {
    throw invalidUsage(`${keyArn(key)} key usage is ${key.usage} which is not valid for ${operation}.`);
  }
}

/** Refuses to change a key that is on its way out. */
export function checkNotPending(key: KmsKey): void {
  if (key.deletion !== undefined) throw invalidState(`${keyArn(key)} is pending deletion.`);
}

/** The material that is used now; rotations that have come due since are made up for first. */
export function currentMaterial(state: KmsState, key: KmsKey): KeyMaterial {
  const material = withDueRotations(state, key).materials.at(-1);
  if (material === undefined) throw invalidState(`${keyArn(key)} has no key material.`);
  return material;
}

/** The key after the automatic rotations that its period asks for. KMS Developer Guide, 'Rotate AWS KMS keys'. */
export function withDueRotations(state: KmsState, key: KmsKey): KmsKey {
  const now = state.world.clock.now();
  let rotated = key;
  while (
    rotated.rotation !== undefined &&
    rotated.rotation.nextAt <= now &&
    rotated.isEnabled &&
    rotated.deletion === undefined
  ) {
    const { periodDays, nextAt } = rotated.rotation;
    rotated = {
      ...rotated,
      materials: [...rotated.materials, makeSymmetricMaterial(state, { at: nextAt, reason: "AUTOMATIC" })],
      rotation: { periodDays, nextAt: nextAt + periodDays * dayMilliseconds },
    };
  }
  if (rotated !== key) state.putKey(rotated);
  return rotated;
}
