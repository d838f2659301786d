import { constants, createPrivateKey, createPublicKey, privateDecrypt, publicEncrypt, randomBytes } from "node:crypto";
import { AwsError, type InputOf } from "../../../../aws/index.ts";
import { invalidCiphertext, invalidUsage, unsupported, validation } from "../errors.ts";
import { encryptionAlgorithms } from "../keys/algorithms.ts";
import { keyIdOfCiphertext, seal, unseal } from "../keys/ciphertext.ts";
import { findKey } from "../keys/find-key.ts";
import { keyArn, type KmsKey } from "../keys/key.ts";
import { encryptionContextKeys, keyNeed, requestAlias } from "../keys/key-need.ts";
import { checkUsable, currentMaterial } from "../keys/use-key.ts";
import { type Kms, type KmsOperation, onKey } from "../operation.ts";

/** API Reference, Encrypt. */
const plaintextBytesMax = 4096;

export function encrypt(kms: Kms): KmsOperation<"Encrypt"> {
  return onKey(kms, "Encrypt", {
    needs: (input, key, call) => [
      keyNeed(kms.state, key, call, "kms:Encrypt", {
        "kms:EncryptionAlgorithm": input.EncryptionAlgorithm ?? "SYMMETRIC_DEFAULT",
        ...encryptionContextKeys(input.EncryptionContext),
        ...requestAlias(input.KeyId),
      }),
    ],
    answer(input, key, call) {
      checkUsable(key, "ENCRYPT_DECRYPT", call.operation);
      const plaintext = input.Plaintext ?? new Uint8Array();
      if (plaintext.length === 0 || plaintext.length > plaintextBytesMax) {
        throw validation(
          "1 validation error detected: Value at 'plaintext' failed to satisfy constraint: Member must have length less than or equal to 4096",
        );
      }
      const algorithm = readAlgorithm(key, input.EncryptionAlgorithm);
      checkDryRun(input.DryRun);
      return {
        KeyId: keyArn(key),
        EncryptionAlgorithm: algorithm,
        CiphertextBlob: encryptWith(kms, key, algorithm, plaintext, input.EncryptionContext),
      };
    },
  });
}

export function decrypt(kms: Kms): KmsOperation<"Decrypt"> {
  return onKey(kms, "Decrypt", {
    keyName: (input, call) => keyOfCiphertext(kms, input, call.region),
    needs: (input, key, call) => [
      keyNeed(kms.state, key, call, "kms:Decrypt", {
        "kms:EncryptionAlgorithm": input.EncryptionAlgorithm ?? "SYMMETRIC_DEFAULT",
        ...encryptionContextKeys(input.EncryptionContext),
        ...requestAlias(input.KeyId),
      }),
    ],
    answer(input, key, call) {
      if (input.Recipient !== undefined) throw unsupported("A recipient");
      if ((input.DryRunModifiers?.length ?? 0) > 0) throw unsupported("DryRunModifiers");
      checkUsable(key, "ENCRYPT_DECRYPT", call.operation);
      const algorithm = readAlgorithm(key, input.EncryptionAlgorithm);
      const ciphertext = input.CiphertextBlob ?? new Uint8Array();
      checkKeyOf(ciphertext, key);
      checkDryRun(input.DryRun);
      const plaintext = decryptWith(key, algorithm, ciphertext, input.EncryptionContext);
      return { KeyId: keyArn(key), Plaintext: plaintext, EncryptionAlgorithm: algorithm };
    },
  });
}

export function reEncrypt(kms: Kms): KmsOperation<"ReEncrypt"> {
  return onKey(kms, "ReEncrypt", {
    keyName: (input, call) =>
      keyOfCiphertext(kms, { CiphertextBlob: input.CiphertextBlob, KeyId: input.SourceKeyId }, call.region),
    needs(input, key, call) {
      const target = findKey(kms.state, call, input.DestinationKeyId);
      return [
        keyNeed(kms.state, key, call, "kms:ReEncryptFrom", {
          "kms:ReEncryptOnSameKey": String(key.keyId === target.keyId),
          ...encryptionContextKeys(input.SourceEncryptionContext),
        }),
        keyNeed(kms.state, target, call, "kms:ReEncryptTo", {
          "kms:ReEncryptOnSameKey": String(key.keyId === target.keyId),
          ...encryptionContextKeys(input.DestinationEncryptionContext),
        }),
      ];
    },
    answer(input, key, call) {
      if ((input.DryRunModifiers?.length ?? 0) > 0) throw unsupported("DryRunModifiers");
      const target = findKey(kms.state, call, input.DestinationKeyId);
      checkUsable(key, "ENCRYPT_DECRYPT", call.operation);
      checkUsable(target, "ENCRYPT_DECRYPT", call.operation);
      const from = readAlgorithm(key, input.SourceEncryptionAlgorithm);
      const to = readAlgorithm(target, input.DestinationEncryptionAlgorithm);
      const ciphertext = input.CiphertextBlob ?? new Uint8Array();
      checkKeyOf(ciphertext, key);
      checkDryRun(input.DryRun);
      const plaintext = decryptWith(key, from, ciphertext, input.SourceEncryptionContext);
      return {
        CiphertextBlob: encryptWith(kms, target, to, plaintext, input.DestinationEncryptionContext),
        SourceKeyId: keyArn(key),
        KeyId: keyArn(target),
        SourceEncryptionAlgorithm: from,
        DestinationEncryptionAlgorithm: to,
      };
    },
  });
}

export function generateDataKey(kms: Kms): KmsOperation<"GenerateDataKey"> {
  return onKey(kms, "GenerateDataKey", {
    needs: (input, key, call) => [
      keyNeed(kms.state, key, call, "kms:GenerateDataKey", {
        ...encryptionContextKeys(input.EncryptionContext),
        ...requestAlias(input.KeyId),
      }),
    ],
    answer(input, key, call) {
      if (input.Recipient !== undefined) throw unsupported("A recipient");
      const { plaintext, sealed } = makeDataKey(kms, key, call.operation, input);
      return { KeyId: keyArn(key), Plaintext: plaintext, ...sealed };
    },
  });
}

export function generateDataKeyWithoutPlaintext(kms: Kms): KmsOperation<"GenerateDataKeyWithoutPlaintext"> {
  return onKey(kms, "GenerateDataKeyWithoutPlaintext", {
    needs: (input, key, call) => [
      keyNeed(kms.state, key, call, "kms:GenerateDataKeyWithoutPlaintext", {
        ...encryptionContextKeys(input.EncryptionContext),
        ...requestAlias(input.KeyId),
      }),
    ],
    answer: (input, key, call) => ({ KeyId: keyArn(key), ...makeDataKey(kms, key, call.operation, input).sealed }),
  });
}

export function generateRandom(): KmsOperation<"GenerateRandom"> {
  return {
    needs(_input, call) {
      call.note({ responseElements: null, isReadOnly: true });
      return [{ action: "kms:GenerateRandom", resource: "*" }];
    },
    answer(input) {
      if (input.Recipient !== undefined || input.CustomKeyStoreId !== undefined)
        throw unsupported("A recipient or store");
      return { Plaintext: randomBytes(checkSize(input.NumberOfBytes)) };
    },
  };
}

type DataKeyInput = Pick<
  InputOf<"kms", "GenerateDataKey">,
  "KeySpec" | "NumberOfBytes" | "EncryptionContext" | "DryRun"
>;

function makeDataKey(
  kms: Kms,
  key: KmsKey,
  operation: string,
  input: DataKeyInput,
): { readonly plaintext: Buffer; readonly sealed: { CiphertextBlob: Uint8Array; KeyMaterialId: string } } {
  checkUsable(key, "ENCRYPT_DECRYPT", operation);
  if (key.spec !== "SYMMETRIC_DEFAULT") throw invalidUsage(`${keyArn(key)} key usage is not valid for ${operation}.`);
  if ((input.KeySpec === undefined) === (input.NumberOfBytes === undefined)) {
    throw validation("Please specify either number of bytes or key spec.");
  }
  const sizeBytes = input.KeySpec === undefined ? checkSize(input.NumberOfBytes) : sizeOf(input.KeySpec);
  checkDryRun(input.DryRun);
  const plaintext = randomBytes(sizeBytes);
  const material = currentMaterial(kms.state, key);
  return {
    plaintext,
    sealed: { CiphertextBlob: seal(key, material, plaintext, input.EncryptionContext), KeyMaterialId: material.id },
  };
}

function sizeOf(spec: string): number {
  if (spec === "AES_256") return 32;
  if (spec === "AES_128") return 16;
  throw validation(
    `1 validation error detected: Value '${spec.slice(0, 50)}' at 'keySpec' failed to satisfy constraint: Member must satisfy enum value set: [AES_256, AES_128]`,
  );
}

function checkSize(size: number | undefined): number {
  if (size !== undefined && Number.isInteger(size) && size >= 1 && size <= 1024) return size;
  throw validation(
    `1 validation error detected: Value '${size}' at 'numberOfBytes' failed to satisfy constraint: Member must be between 1 and 1024`,
  );
}

function encryptWith(
  kms: Kms,
  key: KmsKey,
  algorithm: string,
  plaintext: Uint8Array,
  context: Readonly<Record<string, string>> | undefined,
): Buffer {
  if (algorithm === "SYMMETRIC_DEFAULT") return seal(key, currentMaterial(kms.state, key), plaintext, context);
  if (context !== undefined) throw validation("EncryptionContext is not supported for asymmetric keys");
  const publicKey = createPublicKey({ key: Buffer.from(key.publicKey ?? "", "base64"), format: "der", type: "spki" });
  try {
    return publicEncrypt({ key: publicKey, ...oaep(algorithm) }, plaintext);
  } catch {
    throw validation("The plaintext is too long for the key and algorithm");
  }
}

function decryptWith(
  key: KmsKey,
  algorithm: string,
  ciphertext: Uint8Array,
  context: Readonly<Record<string, string>> | undefined,
): Buffer {
  if (algorithm === "SYMMETRIC_DEFAULT") return unseal(key, ciphertext, context);
  if (context !== undefined) throw validation("EncryptionContext is not supported for asymmetric keys");
  const secret = Buffer.from(key.materials[0]?.secret ?? "", "base64");
  const privateKey = createPrivateKey({ key: secret, format: "der", type: "pkcs8" });
  try {
    return privateDecrypt({ key: privateKey, ...oaep(algorithm) }, ciphertext);
  } catch {
    throw invalidCiphertext();
  }
}

function oaep(algorithm: string): { readonly padding: number; readonly oaepHash: string } {
  const oaepHash = algorithm === "RSAES_OAEP_SHA_1" ? "sha1" : "sha256";
  return { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash };
}

function readAlgorithm(
  key: KmsKey,
  given: string | undefined,
): "SYMMETRIC_DEFAULT" | "RSAES_OAEP_SHA_1" | "RSAES_OAEP_SHA_256" {
  const wanted = given ?? "SYMMETRIC_DEFAULT";
  const algorithm = encryptionAlgorithms(key.spec, key.usage).find((possible) => possible === wanted);
  if (algorithm !== undefined) return algorithm;
  throw invalidUsage(`Algorithm ${wanted} and key spec ${key.spec} are incompatible.`);
}

/** A ciphertext of a symmetric key tells its key, so that the request need not. API Reference, Decrypt. */
function keyOfCiphertext(
  kms: Kms,
  input: { readonly KeyId?: string | undefined; readonly CiphertextBlob?: Uint8Array | undefined },
  region: string,
): string {
  if (input.KeyId !== undefined) return input.KeyId;
  const keyId = keyIdOfCiphertext(input.CiphertextBlob ?? new Uint8Array());
  const key = keyId === undefined ? undefined : kms.state.key(region, keyId);
  if (key === undefined) throw invalidCiphertext();
  return keyArn(key);
}

function checkKeyOf(ciphertext: Uint8Array, key: KmsKey): void {
  const keyId = keyIdOfCiphertext(ciphertext);
  if (key.spec !== "SYMMETRIC_DEFAULT" || keyId === undefined || keyId === key.keyId) return;
  throw new AwsError(
    "IncorrectKeyException",
    "The key ID in the request does not identify a CMK that can perform this operation.",
  );
}

/** What a dry run answers when it would have gone well. API Reference, Encrypt. */
export function checkDryRun(isDry: boolean | undefined): void {
  if (isDry === true) {
    throw new AwsError(
      "DryRunOperationException",
      "The request would have succeeded, but the DryRun option is set.",
      412,
    );
  }
}
