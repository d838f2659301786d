import { defineService, type Service } from "../../service.ts";
import { type World } from "../../world.ts";
import { KmsState } from "./kms-state.ts";
import { type Kms } from "./operation.ts";
import { createAlias, deleteAlias, listAliases, updateAlias } from "./operations/aliases.ts";
import { createKey } from "./operations/create-key.ts";
import { describeKey, getPublicKey, listKeys, updateKeyDescription } from "./operations/describe-keys.ts";
import {
  decrypt,
  encrypt,
  generateDataKey,
  generateDataKeyWithoutPlaintext,
  generateRandom,
  reEncrypt,
} from "./operations/encrypt.ts";
import { createGrant, listGrants, listRetirableGrants, retireGrant, revokeGrant } from "./operations/grants.ts";
import { getKeyPolicy, listKeyPolicies, putKeyPolicy } from "./operations/key-policy.ts";
import { cancelKeyDeletion, disableKey, enableKey, scheduleKeyDeletion } from "./operations/key-states.ts";
import {
  disableKeyRotation,
  enableKeyRotation,
  getKeyRotationStatus,
  listKeyRotations,
  rotateKeyOnDemand,
} from "./operations/rotation.ts";
import { generateMac, sign, verify, verifyMac } from "./operations/sign.ts";
import { listResourceTags, tagResource, untagResource } from "./operations/tags.ts";
import { type KmsOutlets } from "./outlets.ts";

/** KMS: keys with their policies, aliases, grants and states, and what they encrypt, sign and make. */
export function kmsService(world: World, outlets: KmsOutlets): Service<"kms"> {
  const kms: Kms = { state: new KmsState(world), outlets };
  return defineService("kms", {
    CancelKeyDeletion: cancelKeyDeletion(kms),
    CreateAlias: createAlias(kms),
    CreateGrant: createGrant(kms),
    CreateKey: createKey(kms),
    Decrypt: decrypt(kms),
    DeleteAlias: deleteAlias(kms),
    DescribeKey: describeKey(kms),
    DisableKey: disableKey(kms),
    DisableKeyRotation: disableKeyRotation(kms),
    EnableKey: enableKey(kms),
    EnableKeyRotation: enableKeyRotation(kms),
    Encrypt: encrypt(kms),
    GenerateDataKey: generateDataKey(kms),
    GenerateDataKeyWithoutPlaintext: generateDataKeyWithoutPlaintext(kms),
    GenerateMac: generateMac(kms),
    GenerateRandom: generateRandom(),
    GetKeyPolicy: getKeyPolicy(kms),
    GetKeyRotationStatus: getKeyRotationStatus(kms),
    GetPublicKey: getPublicKey(kms),
    ListAliases: listAliases(kms),
    ListGrants: listGrants(kms),
    ListKeyPolicies: listKeyPolicies(kms),
    ListKeyRotations: listKeyRotations(kms),
    ListKeys: listKeys(kms),
    ListResourceTags: listResourceTags(kms),
    ListRetirableGrants: listRetirableGrants(kms),
    PutKeyPolicy: putKeyPolicy(kms),
    ReEncrypt: reEncrypt(kms),
    RetireGrant: retireGrant(kms),
    RevokeGrant: revokeGrant(kms),
    RotateKeyOnDemand: rotateKeyOnDemand(kms),
    ScheduleKeyDeletion: scheduleKeyDeletion(kms),
    Sign: sign(kms),
    TagResource: tagResource(kms),
    UntagResource: untagResource(kms),
    UpdateAlias: updateAlias(kms),
    UpdateKeyDescription: updateKeyDescription(kms),
    Verify: verify(kms),
    VerifyMac: verifyMac(kms),
  });
}
