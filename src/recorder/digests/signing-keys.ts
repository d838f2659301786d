import { createHash, createPrivateKey, createPublicKey, generateKeyPair, sign } from "node:crypto";
import { promisify } from "node:util";

import { type Collection, type LastingState, keyOf } from "../../base/lasting.ts";
import { type PublicKey, type PublicKeys } from "../public-keys.ts";

/** A pair of keys as it is kept, for ever: old digests need old keys. */
interface KeyPair {
  /** PKCS #8, DER, in base64. */
  readonly privateKey: string;
  readonly fingerprint: string;
  readonly validFrom: number;
  readonly validTo: number;
}

/** A signature and the key that made it. */
export interface Signature {
  /** Hexadecimal digits. */
  readonly text: string;
  readonly fingerprint: string;
}

const hourMilliseconds = 3_600_000;
/** About 30 days, as in the sample of the CloudTrail API Reference, ListPublicKeys; that they overlap is said there too. */
const validMilliseconds = 30 * 24 * hourMilliseconds;
const overlapMilliseconds = 7 * 24 * hourMilliseconds;

const makeKeyPair = promisify(generateKeyPair);

/** The keys that digests are signed with, of each region its own; made when they are needed. */
export class SigningKeys implements PublicKeys {
  readonly #pairs: Collection<KeyPair>;
  readonly #making = new Map<string, Promise<KeyPair>>();

  constructor(state: LastingState) {
    this.#pairs = state.collection<KeyPair>("recorder/digest-keys");
  }

  /** Signs with the key that is in use in a region at an instant: RSA, PKCS #1 v1.5, over SHA-256. */
  async sign(region: string, at: number, text: string): Promise<Signature> {
    const { privateKey, fingerprint } = await this.#pairFor(region, at);
    const key = createPrivateKey({ key: Buffer.from(privateKey, "base64"), format: "der", type: "pkcs8" });
    return { text: sign("RSA-SHA256", Buffer.from(text), key).toString("hex"), fingerprint };
  }

  /** The fingerprint of the key that is in use then; it stands in what is signed. */
  async fingerprint(region: string, at: number): Promise<string> {
    return (await this.#pairFor(region, at)).fingerprint;
  }

  list(region: string, from: number, to: number): readonly PublicKey[] {
    return this.#of(region)
      .filter(({ validFrom, validTo }) => validFrom <= to && validTo >= from)
      .map(({ privateKey, fingerprint, validFrom, validTo }) => ({
        value: publicDer(Buffer.from(privateKey, "base64")),
        validFrom,
        validTo,
        fingerprint,
      }));
  }

  #of(region: string): readonly KeyPair[] {
    return [...this.#pairs.values(keyOf(region, ""))].sort((a, b) => a.validFrom - b.validFrom);
  }

  async #pairFor(region: string, at: number): Promise<KeyPair> {
    const known = this.#of(region).findLast(
      ({ validFrom, validTo }) => validFrom <= at && at < validTo - overlapMilliseconds,
    );
    if (known !== undefined) return known;
    const making = this.#making.get(region) ?? this.#make(region, at).finally(() => this.#making.delete(region));
    this.#making.set(region, making);
    await making;
    return this.#pairFor(region, at);
  }

  async #make(region: string, at: number): Promise<KeyPair> {
    const { privateKey } = await makeKeyPair("rsa", { modulusLength: 2048 });
    const der = privateKey.export({ format: "der", type: "pkcs8" });
    const validFrom = Math.floor(at / hourMilliseconds) * hourMilliseconds;
    const pair: KeyPair = {
      privateKey: der.toString("base64"),
      fingerprint: createHash("md5").update(publicDer(der)).digest("hex"),
      validFrom,
      validTo: validFrom + validMilliseconds,
    };
    this.#pairs.put(keyOf(region, pair.fingerprint), pair);
    return pair;
  }
}

/**
 * The public key as `ListPublicKeys` gives it: PKCS #1, DER. A fingerprint is the MD5 of these bytes, which AWS does not
 * say but its published keys show.
 */
function publicDer(privateDer: Buffer): Buffer {
  const privateKey = createPrivateKey({ key: privateDer, format: "der", type: "pkcs8" });
  return createPublicKey(privateKey).export({ format: "der", type: "pkcs1" });
}
