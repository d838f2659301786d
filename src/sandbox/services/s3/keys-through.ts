import { type Call } from "../../service.ts";
import { type S3Keys } from "./outlets.ts";

/**
 * KMS as S3 calls it, through whatever makes a call for another: with the caller's permissions, `kms:ViaService`, and a
 * record of its own.
 */
export function keysThrough(
  callFor: (
    forCall: Call,
    call: {
      readonly viaService: string;
      readonly region: string;
      readonly operation: "GenerateDataKey" | "Decrypt";
      readonly input: object;
    },
  ) => Promise<object>,
): S3Keys {
  return {
    async generateDataKey(forCall, { region, keyId, context }) {
      const output = (await callFor(forCall, {
        viaService: `s3.${region}.amazonaws.com`,
        region,
        operation: "GenerateDataKey",
        input: { KeyId: keyId, KeySpec: "AES_256", EncryptionContext: context },
      })) as { readonly Plaintext: Uint8Array; readonly CiphertextBlob: Uint8Array; readonly KeyId: string };
      return { plaintext: output.Plaintext, ciphertext: output.CiphertextBlob, keyArn: output.KeyId };
    },
    async decrypt(forCall, { region, ciphertext, context }) {
      const output = (await callFor(forCall, {
        viaService: `s3.${region}.amazonaws.com`,
        region,
        operation: "Decrypt",
        // Real records of S3's decryptions name no key: the ciphertext does.
        input: { CiphertextBlob: ciphertext, EncryptionContext: context },
      })) as { readonly Plaintext: Uint8Array };
      return output.Plaintext;
    },
  };
}
