import { type KeySpec, type KeyUsage } from "./key.ts";

/** The ways to encrypt with a key. KMS Developer Guide, 'Key spec reference'. */
export function encryptionAlgorithms(spec: KeySpec, usage: KeyUsage): readonly EncryptionAlgorithm[] {
  if (usage !== "ENCRYPT_DECRYPT") return [];
  if (spec === "SYMMETRIC_DEFAULT") return ["SYMMETRIC_DEFAULT"];
  return spec.startsWith("RSA_") ? ["RSAES_OAEP_SHA_1", "RSAES_OAEP_SHA_256"] : [];
}

export type EncryptionAlgorithm = "SYMMETRIC_DEFAULT" | "RSAES_OAEP_SHA_1" | "RSAES_OAEP_SHA_256";

/** The ways to sign with a key. */
export function signingAlgorithms(spec: KeySpec, usage: KeyUsage): readonly SigningAlgorithm[] {
  if (usage !== "SIGN_VERIFY") return [];
  switch (spec) {
    case "RSA_2048":
    case "RSA_3072":
    case "RSA_4096":
      return [
        "RSASSA_PKCS1_V1_5_SHA_256",
        "RSASSA_PKCS1_V1_5_SHA_384",
        "RSASSA_PKCS1_V1_5_SHA_512",
        "RSASSA_PSS_SHA_256",
        "RSASSA_PSS_SHA_384",
        "RSASSA_PSS_SHA_512",
      ];
    case "ECC_NIST_P256":
    case "ECC_SECG_P256K1":
      return ["ECDSA_SHA_256"];
    case "ECC_NIST_P384":
      return ["ECDSA_SHA_384"];
    case "ECC_NIST_P521":
      return ["ECDSA_SHA_512"];
    default:
      return [];
  }
}

export type SigningAlgorithm =
  | `RSASSA_PKCS1_V1_5_SHA_${256 | 384 | 512}`
  | `RSASSA_PSS_SHA_${256 | 384 | 512}`
  | `ECDSA_SHA_${256 | 384 | 512}`;

export function macAlgorithms(spec: KeySpec, usage: KeyUsage): readonly MacAlgorithm[] {
  if (usage !== "GENERATE_VERIFY_MAC" || !spec.startsWith("HMAC_")) return [];
  return [`HMAC_SHA_${spec.slice("HMAC_".length)}` as MacAlgorithm];
}

export type MacAlgorithm = `HMAC_SHA_${224 | 256 | 384 | 512}`;

/** What a key may be used for; the first where nothing is said. */
export function usagesOf(spec: KeySpec): readonly KeyUsage[] {
  if (spec === "SYMMETRIC_DEFAULT") return ["ENCRYPT_DECRYPT"];
  if (spec.startsWith("HMAC_")) return ["GENERATE_VERIFY_MAC"];
  return spec.startsWith("RSA_") ? ["ENCRYPT_DECRYPT", "SIGN_VERIFY"] : ["SIGN_VERIFY"];
}
