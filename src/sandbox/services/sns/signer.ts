import { createHash, createPrivateKey, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { type World } from "../../world.ts";
import { selfSigned } from "./certificate.ts";

interface Signing {
  readonly privateKey: string;
  readonly certificate: string;
}

/** Signs what SNS sends; key and certificate are made when first needed, and last. */
export class Signer {
  readonly #world: World;
  /** One notification goes to many: its signature is the same for all. */
  #last: { readonly text: string; readonly version: string; readonly signature: string } | undefined;
  #signing: { readonly key: KeyObject; readonly certificate: string; readonly path: string } | undefined;

  constructor(world: World) {
    this.#world = world;
  }

  /** Where the certificate is to be had, for `SigningCertURL`. */
  get certificateUrl(): string {
    return `${this.#world.url}${this.#ready().path}`;
  }

  /** The certificate as PEM, when that is its path. */
  certificateAt(path: string): string | undefined {
    if (!/^\/SimpleNotificationService-[0-9a-f]{32}\.pem$/u.test(path)) return undefined;
    const { path: own, certificate } = this.#ready();
    return path === own ? certificate : undefined;
  }

  /** SNS Developer Guide, "Verifying the signatures of Amazon SNS messages": SHA-1 in version 1, SHA-256 in version 2. */
  sign(text: string, version: "1" | "2"): string {
    if (this.#last?.text === text && this.#last.version === version) return this.#last.signature;
    const algorithm = version === "1" ? "sha1" : "sha256";
    const signature = sign(algorithm, Buffer.from(text, "utf8"), this.#ready().key).toString("base64");
    this.#last = { text, version, signature };
    return signature;
  }

  #ready() {
    if (this.#signing !== undefined) return this.#signing;
    const stored = this.#world.state.collection<Signing>("sns/signing");
    let signing = stored.get("key");
    if (signing === undefined) {
      const keys = generateKeyPairSync("rsa", { modulusLength: 2048 });
      const serial = Buffer.from(this.#world.random.hex(16), "hex");
      signing = {
        privateKey: keys.privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
        certificate: selfSigned(
          keys,
          "sns.amazonaws.com",
          Buffer.concat([Buffer.of(1), serial]),
          this.#world.clock.now() - 86_400_000,
        ),
      };
      stored.put("key", signing);
    }
    const { certificate, privateKey } = signing;
    const digest = createHash("md5").update(certificate).digest("hex");
    return (this.#signing = {
      key: createPrivateKey(privateKey),
      certificate,
      path: `/SimpleNotificationService-${digest}.pem`,
    });
  }
}
