import { type OutputOf } from "../../../../aws/index.ts";
import { encryptionAlgorithms, macAlgorithms, signingAlgorithms } from "./algorithms.ts";
import { keyArn, type KmsKey, stateOf } from "./key.ts";

type KeyMetadata = NonNullable<OutputOf<"kms", "DescribeKey">["KeyMetadata"]>;

/** What DescribeKey says of a key. */
export function printKey(key: KmsKey): KeyMetadata {
  const { spec, usage } = key;
  const state = stateOf(key);
  const [encryption, signing, mac] = [
    encryptionAlgorithms(spec, usage),
    signingAlgorithms(spec, usage),
    macAlgorithms(spec, usage),
  ];
  return {
    AWSAccountId: key.accountId,
    KeyId: key.keyId,
    Arn: keyArn(key),
    CreationDate: new Date(key.createdAt),
    Enabled: state === "Enabled",
    Description: key.description,
    KeyUsage: usage,
    KeyState: state,
    ...(key.deletion === undefined ? {} : { DeletionDate: new Date(key.deletion.at) }),
    Origin: "AWS_KMS",
    KeyManager: key.manager,
    CustomerMasterKeySpec: spec,
    KeySpec: spec,
    ...(encryption.length === 0 ? {} : { EncryptionAlgorithms: [...encryption] }),
    ...(signing.length === 0 ? {} : { SigningAlgorithms: [...signing] }),
    ...(mac.length === 0 ? {} : { MacAlgorithms: [...mac] }),
    MultiRegion: false,
    ...(spec === "SYMMETRIC_DEFAULT" ? { CurrentKeyMaterialId: key.materials.at(-1)?.id } : {}),
  };
}
