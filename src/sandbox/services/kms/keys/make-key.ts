import { generateKeyPair, randomBytes } from "node:crypto";
import { type KmsState } from "../kms-state.ts";
import { defaultKeyPolicy, managedKeyPolicy } from "./default-policies.ts";
import { type KeyMaterial, type KeySpec, type KmsKey } from "./key.ts";

/** New material; the secret is the machine's own chance, never the sandbox's seed. */
export function makeSymmetricMaterial(
  state: KmsState,
  {
    at,
    reason,
    sizeBytes = 32,
  }: { readonly at: number; readonly reason: KeyMaterial["reason"]; readonly sizeBytes?: number },
): KeyMaterial {
  return {
    id: state.world.random.hex(64),
    secret: randomBytes(sizeBytes).toString("base64"),
    since: at,
    reason,
  };
}

/** The material of a new key, with the public half where it has one. */
export async function makeMaterial(
  state: KmsState,
  spec: KeySpec,
  at: number,
): Promise<Pick<KmsKey, "materials" | "publicKey">> {
  if (spec === "SYMMETRIC_DEFAULT") return { materials: [makeSymmetricMaterial(state, { at, reason: "created" })] };
  if (spec.startsWith("HMAC_")) {
    const sizeBytes = Number(spec.slice("HMAC_".length)) / 8;
    return { materials: [makeSymmetricMaterial(state, { at, reason: "created", sizeBytes })] };
  }
  const { publicKey, privateKey } = await makePair(spec);
  const material = {
    ...makeSymmetricMaterial(state, { at, reason: "created" }),
    secret: privateKey.toString("base64"),
  };
  return { materials: [material], publicKey: publicKey.toString("base64") };
}

interface KeyPair {
  readonly publicKey: Buffer;
  readonly privateKey: Buffer;
}

function makePair(spec: KeySpec): Promise<KeyPair> {
  const encoding = {
    publicKeyEncoding: { type: "spki", format: "der" },
    privateKeyEncoding: { type: "pkcs8", format: "der" },
  } as const;
  return new Promise((resolve, reject) => {
    const done = (error: Error | null, publicKey: Buffer, privateKey: Buffer) => {
      if (error === null) resolve({ publicKey, privateKey });
      else reject(error);
    };
    if (spec.startsWith("RSA_")) {
      generateKeyPair("rsa", { ...encoding, modulusLength: Number(spec.slice("RSA_".length)) }, done);
    } else {
      generateKeyPair("ec", { ...encoding, namedCurve: curveOf(spec) }, done);
    }
  });
}

function curveOf(spec: KeySpec): string {
  switch (spec) {
    case "ECC_NIST_P384":
      return "secp384r1";
    case "ECC_NIST_P521":
      return "secp521r1";
    case "ECC_SECG_P256K1":
      return "secp256k1";
    default:
      return "prime256v1";
  }
}

/** An id that no key has. */
export function nextKeyId(state: KmsState, region: string): string {
  for (;;) {
    const keyId = state.world.random.uuid();
    if (state.key(region, keyId) === undefined) return keyId;
  }
}

/** A symmetric key with nothing set on it but its policy. */
export function plainKey(
  state: KmsState,
  where: { readonly accountId: string; readonly region: string },
): Omit<KmsKey, "manager"> {
  const at = state.world.clock.now();
  return {
    ...where,
    keyId: nextKeyId(state, where.region),
    createdAt: at,
    description: "",
    usage: "ENCRYPT_DECRYPT",
    spec: "SYMMETRIC_DEFAULT",
    isEnabled: true,
    policy: defaultKeyPolicy(where.accountId),
    tags: [],
    materials: [makeSymmetricMaterial(state, { at, reason: "created" })],
  };
}

/** The key that AWS keeps for a service, made when it is first needed. KMS Developer Guide, 'AWS managed keys'. */
export function makeManagedKey(
  state: KmsState,
  where: { readonly accountId: string; readonly region: string },
  service: string,
): KmsKey {
  const key: KmsKey = {
    ...plainKey(state, where),
    manager: "AWS",
    description: `Default key that protects my ${service.toUpperCase()} objects when no other key is defined`,
    policy: managedKeyPolicy(where.accountId, where.region, service),
  };
  const { createdAt, keyId } = key;
  state.world.state.together(() => {
    state.putKey(key);
    state.putAlias({ ...where, name: `alias/aws/${service}`, keyId, createdAt, updatedAt: createdAt });
  });
  return key;
}
