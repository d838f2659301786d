/** A KMS key with everything that is set on it, its material too: whoever reads the sandbox's file can decrypt. */
export interface KmsKey {
  readonly keyId: string;
  readonly accountId: string;
  readonly region: string;
  readonly createdAt: number;
  readonly description: string;
  readonly usage: KeyUsage;
  readonly spec: KeySpec;
  readonly manager: "CUSTOMER" | "AWS";
  readonly isEnabled: boolean;
  /** When it is to be deleted; absent when it is not. */
  readonly deletion?: { readonly at: number; readonly windowDays: number };
  readonly policy: string;
  readonly tags: readonly { readonly TagKey: string; readonly TagValue: string }[];
  readonly rotation?: Rotation;
  /** The oldest first; what is encrypted by an older one is still decrypted. Asymmetric keys have one. */
  readonly materials: readonly KeyMaterial[];
  /** The public half of an asymmetric key: SPKI, DER, in base64. */
  readonly publicKey?: string;
}

export type KeyUsage = "ENCRYPT_DECRYPT" | "SIGN_VERIFY" | "GENERATE_VERIFY_MAC";

export const keySpecs = [
  "SYMMETRIC_DEFAULT",
  "RSA_2048",
  "RSA_3072",
  "RSA_4096",
  "ECC_NIST_P256",
  "ECC_NIST_P384",
  "ECC_NIST_P521",
  "ECC_SECG_P256K1",
  "HMAC_224",
  "HMAC_256",
  "HMAC_384",
  "HMAC_512",
] as const;

export type KeySpec = (typeof keySpecs)[number];

export interface Rotation {
  readonly periodDays: number;
  readonly nextAt: number;
}

export interface KeyMaterial {
  /** 64 hexadecimal digits. */
  readonly id: string;
  /** 32 bytes of a symmetric key, or a private key as PKCS #8 DER; in base64. */
  readonly secret: string;
  readonly since: number;
  readonly reason: "created" | "AUTOMATIC" | "ON_DEMAND";
}

export interface KmsAlias {
  /** With `alias/`. */
  readonly name: string;
  readonly accountId: string;
  readonly region: string;
  readonly keyId: string;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface KmsGrant {
  readonly grantId: string;
  readonly keyId: string;
  readonly name?: string;
  readonly createdAt: number;
  readonly issuingAccount: string;
  readonly grantee: string;
  readonly retiring?: string;
  readonly operations: readonly string[];
  readonly contextEquals?: Readonly<Record<string, string>>;
  readonly contextSubset?: Readonly<Record<string, string>>;
}

export function keyArn({ region, accountId, keyId }: Pick<KmsKey, "region" | "accountId" | "keyId">): string {
  return `arn:aws:kms:${region}:${accountId}:key/${keyId}`;
}

export function aliasArn({ region, accountId, name }: Pick<KmsAlias, "region" | "accountId" | "name">): string {
  return `arn:aws:kms:${region}:${accountId}:${name}`;
}

/** As DescribeKey says it. */
export function stateOf({ deletion, isEnabled }: KmsKey): "Enabled" | "Disabled" | "PendingDeletion" {
  return deletion !== undefined ? "PendingDeletion" : isEnabled ? "Enabled" : "Disabled";
}
