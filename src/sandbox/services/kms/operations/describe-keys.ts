import { keyArn } from "../keys/key.ts";
import { keyNeed, requestAlias } from "../keys/key-need.ts";
import { printKey } from "../keys/print-key.ts";
import { withDueRotations } from "../keys/use-key.ts";
import { type Kms, type KmsOperation, onKey } from "../operation.ts";
import { pageOf } from "../page.ts";
import { unsupported, validation } from "../errors.ts";

export function describeKey(kms: Kms): KmsOperation<"DescribeKey"> {
  return onKey(kms, "DescribeKey", {
    needs: (input, key, call) => [keyNeed(kms.state, key, call, "kms:DescribeKey", requestAlias(input.KeyId))],
    answer: (_input, key) => ({ KeyMetadata: printKey(withDueRotations(kms.state, key)) }),
  });
}

export function listKeys(kms: Kms): KmsOperation<"ListKeys"> {
  return {
    needs: () => [{ action: "kms:ListKeys", resource: "*" }],
    answer(input, call) {
      const { page, about } = pageOf(kms.state.keys(call.accountId, call.region), input, 1000);
      return { Keys: page.map((key) => ({ KeyId: key.keyId, KeyArn: keyArn(key) })), ...about };
    },
  };
}

export function getPublicKey(kms: Kms): KmsOperation<"GetPublicKey"> {
  return onKey(kms, "GetPublicKey", {
    needs: (input, key, call) => [keyNeed(kms.state, key, call, "kms:GetPublicKey", requestAlias(input.KeyId))],
    answer(_input, key) {
      if (key.publicKey === undefined) throw unsupported("The public key of a symmetric key");
      const metadata = printKey(key);
      return {
        KeyId: keyArn(key),
        PublicKey: Buffer.from(key.publicKey, "base64"),
        KeySpec: key.spec,
        CustomerMasterKeySpec: key.spec,
        KeyUsage: key.usage,
        ...(metadata.EncryptionAlgorithms === undefined ? {} : { EncryptionAlgorithms: metadata.EncryptionAlgorithms }),
        ...(metadata.SigningAlgorithms === undefined ? {} : { SigningAlgorithms: metadata.SigningAlgorithms }),
      };
    },
  });
}

export function updateKeyDescription(kms: Kms): KmsOperation<"UpdateKeyDescription"> {
  return onKey(kms, "UpdateKeyDescription", {
    needs: (_input, key, call) => [keyNeed(kms.state, key, call, "kms:UpdateKeyDescription")],
    answer(input, key) {
      const description = input.Description ?? "";
      if (description.length > 8192) throw validation("The description is longer than 8192 characters");
      kms.state.putKey({ ...key, description });
      return {};
    },
  });
}
