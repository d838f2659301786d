import {
  constants,
  createHmac,
  createPrivateKey,
  createPublicKey,
  privateEncrypt,
  publicDecrypt,
  sign as signBytes,
  timingSafeEqual,
  verify as verifyBytes,
} from "node:crypto";
import { AwsError } from "../../../../aws/index.ts";
import { invalidUsage, unsupported, validation } from "../errors.ts";
import { macAlgorithms, signingAlgorithms, type SigningAlgorithm } from "../keys/algorithms.ts";
import { keyArn, type KmsKey } from "../keys/key.ts";
import { keyNeed, requestAlias } from "../keys/key-need.ts";
import { checkUsable } from "../keys/use-key.ts";
import { type Kms, type KmsOperation, onKey } from "../operation.ts";
import { checkDryRun } from "./encrypt.ts";

/** API Reference, Sign. */
const messageBytesMax = 4096;

interface SignInput {
  readonly Message?: Uint8Array | undefined;
  readonly MessageType?: string | undefined;
  readonly SigningAlgorithm?: string | undefined;
}

export function sign(kms: Kms): KmsOperation<"Sign"> {
  return onKey(kms, "Sign", {
    needs: (input, key, call) => [keyNeed(kms.state, key, call, "kms:Sign", signContext(input))],
    answer(input, key, call) {
      checkUsable(key, "SIGN_VERIFY", call.operation);
      const algorithm = readAlgorithm(key, input.SigningAlgorithm);
      const message = readMessage(input);
      checkDryRun(input.DryRun);
      return { KeyId: keyArn(key), SigningAlgorithm: algorithm, Signature: signWith(key, algorithm, message) };
    },
  });
}

export function verify(kms: Kms): KmsOperation<"Verify"> {
  return onKey(kms, "Verify", {
    needs: (input, key, call) => [keyNeed(kms.state, key, call, "kms:Verify", signContext(input))],
    answer(input, key, call) {
      checkUsable(key, "SIGN_VERIFY", call.operation);
      const algorithm = readAlgorithm(key, input.SigningAlgorithm);
      const message = readMessage(input);
      checkDryRun(input.DryRun);
      if (!isSignedWith(key, algorithm, message, input.Signature ?? new Uint8Array())) {
        throw new AwsError("KMSInvalidSignatureException", "");
      }
      return { KeyId: keyArn(key), SigningAlgorithm: algorithm, SignatureValid: true };
    },
  });
}

export function generateMac(kms: Kms): KmsOperation<"GenerateMac"> {
  return onKey(kms, "GenerateMac", {
    needs: (input, key, call) => [keyNeed(kms.state, key, call, "kms:GenerateMac", macContext(input))],
    answer(input, key, call) {
      checkUsable(key, "GENERATE_VERIFY_MAC", call.operation);
      checkDryRun(input.DryRun);
      const { algorithm, mac } = macWith(key, input.MacAlgorithm, input.Message);
      return { KeyId: keyArn(key), MacAlgorithm: algorithm, Mac: mac };
    },
  });
}

export function verifyMac(kms: Kms): KmsOperation<"VerifyMac"> {
  return onKey(kms, "VerifyMac", {
    needs: (input, key, call) => [keyNeed(kms.state, key, call, "kms:VerifyMac", macContext(input))],
    answer(input, key, call) {
      checkUsable(key, "GENERATE_VERIFY_MAC", call.operation);
      checkDryRun(input.DryRun);
      const { algorithm, mac } = macWith(key, input.MacAlgorithm, input.Message);
      const given = input.Mac ?? new Uint8Array();
      if (given.length !== mac.length || !timingSafeEqual(given, mac)) throw new AwsError("KMSInvalidMacException", "");
      return { KeyId: keyArn(key), MacAlgorithm: algorithm, MacValid: true };
    },
  });
}

function macContext({ MacAlgorithm: algorithm = "" }: { readonly MacAlgorithm?: string | undefined }) {
  return { "kms:MacAlgorithm": algorithm };
}

function signContext(input: SignInput & { readonly KeyId?: string | undefined }): Readonly<Record<string, string>> {
  return {
    "kms:SigningAlgorithm": input.SigningAlgorithm ?? "",
    "kms:MessageType": input.MessageType ?? "RAW",
    ...(requestAlias(input.KeyId) as Readonly<Record<string, string>>),
  };
}

interface Message {
  readonly bytes: Uint8Array;
  /** Whether it is the hash of what is meant. */
  readonly isDigest: boolean;
}

function readMessage({ Message: bytes = new Uint8Array(), MessageType: type }: SignInput): Message {
  if (bytes.length === 0 || bytes.length > messageBytesMax) {
    throw validation(
      "1 validation error detected: Value at 'message' failed to satisfy constraint: Member must have length less than or equal to 4096",
    );
  }
  if (type !== undefined && type !== "RAW" && type !== "DIGEST") throw unsupported(`MessageType ${type}`);
  return { bytes, isDigest: type === "DIGEST" };
}

function readAlgorithm(key: KmsKey, given: string | undefined): SigningAlgorithm {
  const algorithm = signingAlgorithms(key.spec, key.usage).find((possible) => possible === given);
  if (algorithm !== undefined) return algorithm;
  throw invalidUsage(`Algorithm ${given} and key spec ${key.spec} are incompatible.`);
}

function signWith(key: KmsKey, algorithm: SigningAlgorithm, { bytes, isDigest }: Message): Buffer {
  const secret = Buffer.from(key.materials[0]?.secret ?? "", "base64");
  const privateKey = createPrivateKey({ key: secret, format: "der", type: "pkcs8" });
  if (isDigest)
    return privateEncrypt({ key: privateKey, padding: constants.RSA_PKCS1_PADDING }, digestInfo(algorithm, bytes));
  return signBytes(hashOf(algorithm), bytes, { key: privateKey, ...paddingOf(algorithm) });
}

function isSignedWith(
  key: KmsKey,
  algorithm: SigningAlgorithm,
  { bytes, isDigest }: Message,
  signature: Uint8Array,
): boolean {
  const publicKey = createPublicKey({ key: Buffer.from(key.publicKey ?? "", "base64"), format: "der", type: "spki" });
  if (!isDigest) return verifyBytes(hashOf(algorithm), bytes, { key: publicKey, ...paddingOf(algorithm) }, signature);
  const wanted = digestInfo(algorithm, bytes);
  try {
    return publicDecrypt({ key: publicKey, padding: constants.RSA_PKCS1_PADDING }, signature).equals(wanted);
  } catch {
    return false;
  }
}

function hashOf(algorithm: SigningAlgorithm): string {
  return `sha${algorithm.slice(-3)}`;
}

function paddingOf(algorithm: SigningAlgorithm): { readonly padding?: number; readonly saltLength?: number } {
  if (algorithm.startsWith("ECDSA")) return {};
  if (!algorithm.startsWith("RSASSA_PSS")) return { padding: constants.RSA_PKCS1_PADDING };
  return { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };
}

/** What stands before a hash in PKCS #1 v1.5 (RFC 8017, section 9.2, note 1). */
const digestPrefixes: ReadonlyMap<string, string> = new Map([
  ["sha256", "3031300d060960864801650304020105000420"],
  ["sha384", "3041300d060960864801650304020205000430"],
  ["sha512", "3051300d060960864801650304020305000440"],
]);

/** Node signs a hash that was made elsewhere only in this way: PSS and ECDSA of digests are refused. */
function digestInfo(algorithm: SigningAlgorithm, digest: Uint8Array): Buffer {
  if (!algorithm.startsWith("RSASSA_PKCS1")) throw unsupported(`MessageType DIGEST with ${algorithm}`);
  if (digest.length !== Number(algorithm.slice(-3)) / 8) {
    throw validation(`Digest is invalid length for algorithm ${algorithm}.`);
  }
  return Buffer.concat([Buffer.from(digestPrefixes.get(hashOf(algorithm)) ?? "", "hex"), digest]);
}

function macWith(
  key: KmsKey,
  given: string | undefined,
  message: Uint8Array | undefined,
): { readonly algorithm: ReturnType<typeof macAlgorithms>[number]; readonly mac: Buffer } {
  const algorithm = macAlgorithms(key.spec, key.usage).find((possible) => possible === given);
  if (algorithm === undefined) throw invalidUsage(`Algorithm ${given} and key spec ${key.spec} are incompatible.`);
  const { bytes } = readMessage({ Message: message });
  const hmac = createHmac(`sha${algorithm.slice(-3)}`, Buffer.from(key.materials[0]?.secret ?? "", "base64"));
  return { algorithm, mac: hmac.update(bytes).digest() };
}
