import type { DigestChain, DigestLogFile } from "../../cloudtrail/index.ts";
import type { JudgedDigest } from "../chain/chain-judgement.ts";
import { nameOfLogFile } from "../names.ts";

/** A log file that a digest names which proves nothing: broken, or of a key that nobody knows. */
export interface Claim {
  readonly named: DigestLogFile;
  readonly judged: JudgedDigest;
  readonly chain: DigestChain;
}

/** Whoever breaks digests must not fill the memory with what stands in them. */
const claimsMax = 100_000;

/** What such digests name: it is told as theirs, but it hides nothing. */
export class Claims {
  readonly #claims = new Map<string, Claim>();

  add(named: DigestLogFile, judged: JudgedDigest, chain: DigestChain): void {
    if (this.#claims.size >= claimsMax) return;
    this.#claims.set(nameOfLogFile(named), { named, judged, chain });
  }

  /** The claim on a name, which is settled with that. */
  take(name: string): Claim | undefined {
    const claim = this.#claims.get(name);
    this.#claims.delete(name);
    return claim;
  }

  /** Those that nothing was found for. */
  left(): Iterable<readonly [name: string, claim: Claim]> {
    return this.#claims;
  }
}
