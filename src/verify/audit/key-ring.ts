import type { DigestChain } from "../../cloudtrail/index.ts";
import type { DigestObject } from "../digests/digest-object.ts";
import type { Keys } from "../digests/public-keys.ts";
import { VerifyError } from "../errors.ts";
import type { VerifyPlace } from "../place.ts";

const hourMs = 3_600_000;
const latest = Date.UTC(9999, 0, 1);

/** The keys at hand, and asking the place for those that digests name and nobody knows yet. */
export class KeyRing {
  readonly #keys: Keys;
  readonly #place: VerifyPlace;
  readonly #asked = new Set<string>();

  constructor(keys: Keys, place: VerifyPlace) {
    this.#keys = keys;
    this.#place = place;
  }

  get book(): Keys {
    return this.#keys;
  }

  /** Afterwards the keys of these digests are known, as far as anybody knows them. */
  async askFor(chain: DigestChain, objects: readonly DigestObject[], signal: AbortSignal): Promise<void> {
    const { region } = chain;
    const unknown = objects.filter(({ digest }) => digest !== undefined && this.#isToAsk(region, digest));
    if (unknown.length === 0) return;
    for (const { digest } of unknown) this.#asked.add(`${region} ${digest?.digestPublicKeyFingerprint ?? ""}`);
    const times = unknown.map((object) => signedAround(object));
    const span = {
      from: Math.min(...times.map(({ from }) => from)),
      to: Math.max(...times.map(({ to }) => to)),
    };
    this.#keys.add(await this.#place.publicKeys(region, span, signal));
    if (this.#place.isCopy === true && this.#keys.all().length === 0) throw noKeys(region, span);
  }

  #isToAsk(
    region: string,
    { digestPublicKeyFingerprint: fingerprint }: { digestPublicKeyFingerprint: string },
  ): boolean {
    return this.#keys.find(region, fingerprint) === undefined && !this.#asked.has(`${region} ${fingerprint}`);
  }
}

/** As the AWS CLI asks: a digest is signed a little after its window, one for late files when it says so. */
function signedAround({ namedEnd, metadata }: DigestObject): { readonly from: number; readonly to: number } {
  const generated = Date.parse(metadata.backfillGeneratedAt ?? "");
  // Metadata is not signed: an instant that no calendar has is none.
  if (generated > 0 && generated < latest) return { from: generated - hourMs, to: generated + hourMs };
  return { from: namedEnd - hourMs, to: namedEnd + 2 * hourMs };
}

function noKeys(region: string, { from, to }: { readonly from: number; readonly to: number }): VerifyError {
  const [start, end] = [new Date(from).toISOString(), new Date(to).toISOString()];
  return new VerifyError(`No public key of CloudTrail in ${region} is known, so nothing can be proven`, {
    code: "verify-no-keys",
    fault: "user",
    help: `Give --public-keys FILE, made by: aws cloudtrail list-public-keys --region ${region} --start-time ${start} --end-time ${end}`,
  });
}
