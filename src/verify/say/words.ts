import type { DigestReason, VerdictReason } from "../verdict.ts";

/** What is said of a log file for each reason; `digest` is the one that names it, or should have. */
export function verdictWords(digest: string | undefined, read: string): Readonly<Record<VerdictReason, string>> {
  const named = `${digest ?? "a digest"} names it`;
  return {
    "": "nothing more is known",
    "digest-not-due": "the digest that will name it is not due yet",
    "not-read-yet": `${named}, and it is still to be read`,
    "no-digests": "no digests are delivered where it lies, because its trail does not validate log files",
    "before-chain": "it was delivered before the chain of digests begins",
    "digest-missing": `${digest ?? "the digest that should name it"} is missing`,
    "digest-broken": `${digest ?? "the digest for its time"} is broken itself, so that nothing vouches for it`,
    "digest-unproven": `${digest ?? "the digest for its time"} is unproven itself`,
    "digest-late": "the digest that should name it is overdue",
    "not-covered": "no digest speaks for the time in which it was delivered",
    "not-selected": `${named}, and it was not looked at`,
    "copy-without-key": "it is a copy that does not tell where in a bucket it lay",
    "content-differs": `${named}, and its content is not what was signed`,
    "cut-off": `${named}, and its end is cut off`,
    "bytes-behind": `${named}, and there are bytes behind its compressed content that CloudTrail did not write`,
    "second-member": `${named}, and a second compressed part was put behind its content`,
    "not-gzip": `${named}, and it is not compressed as CloudTrail writes it`,
    "not-inflatable": `${named}, and its compressed content is damaged`,
    moved: `${named} in another place than where it lies`,
    "hash-unknown": `${named} with a hash that cannot be checked`,
    "changed-since": `it was proven by ${digest ?? "a digest"} ${read} and was changed in the bucket since; the genuine copy is kept here`,
    "not-found": `${named}, and it is not where it was delivered`,
    "gone-since": `it was proven by ${digest ?? "a digest"} ${read} and is gone from the bucket since; the genuine copy is kept here`,
    "not-named":
      "it lies in the bucket, and no digest names it, though valid digests speak for the time of its delivery",
  };
}

/** What is said of a digest for each reason. */
export function digestWords(fingerprint: string): Readonly<Record<DigestReason, string>> {
  const key = fingerprint === "" ? "the key that signed it" : `the key with fingerprint ${fingerprint.slice(0, 64)}`;
  return {
    "": "was not judged",
    "key-unknown": `is unproven: ${key} is not among the public keys of its region that are known here`,
    "signature-lost": "is unproven: this copy has lost its signature, and no later digest repeats it",
    "invalid-format": "is broken: it cannot be read as a digest",
    moved: "is broken: it says of itself that it was delivered elsewhere",
    "signature-missing": "is broken: its signature is missing",
    "signature-wrong": "is broken: its signature does not fit its content",
    "algorithm-unknown": "is broken: it is signed in a way that CloudTrail does not use",
    "key-unreadable": `is broken: ${key} cannot be read`,
    "bytes-behind": "is broken: there are bytes behind its compressed content that CloudTrail did not write",
    "second-member": "is broken: a second compressed part was put behind its content",
    replaced:
      "is broken: it is signed, but is another than the one that was seen before or that the next digest goes on from",
    "not-the-one-chained": "is broken: the digest behind it vouches for another content than it has",
    misnamed: "is broken: its name tells another time or account than its content",
    "not-found": "is missing: it was delivered, and is not where it was",
  };
}
