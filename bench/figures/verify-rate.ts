import { runInChild } from "../harness/child.ts";
import { mustBe } from "../harness/errors.ts";
import { defineFigure } from "../harness/figure.ts";
import { median } from "../harness/quantiles.ts";
import { signCorpus } from "../harness/signed-corpus.ts";
import type { HashResult } from "../measure/hash-once.ts";
import type { VerifyResult } from "../measure/verify-once.ts";

/** Log files and digests of a copied bucket, each signature, chain and hash judged. */
export const verifyRateFigure = defineFigure({
  name: "verify-rate",
  summary: "Files a second of a copied bucket verified from end to end: signatures, chains, hashes, what nobody names",
  target: [{ of: "ratio", atLeast: 0.7 }],
  async run(stage) {
    stage.talk("signing the corpus");
    const signed = signCorpus(stage.corpus.files, await stage.freshDirectory("verify"));
    const audits: VerifyResult[] = [];
    const hashings: HashResult[] = [];
    for (let turn = 1; turn <= stage.repetitions; turn++) {
      stage.talk(`verification ${turn} of ${stage.repetitions}`);
      hashings.push(await runInChild<HashResult>("hash-once", [signed.folder]));
      audits.push(await runInChild<VerifyResult>("verify-once", [signed.folder, signed.keys]));
    }
    const files = signed.logFiles + signed.digests;
    for (const { proven, validDigests, others } of audits) {
      mustBe("The number of proven log files", proven, signed.logFiles);
      mustBe("The number of valid digests", validDigests, signed.digests);
      mustBe("The number of other verdicts and gaps", others, 0);
    }
    for (const hashing of hashings) mustBe("The number of files that the yardstick read", hashing.files, files);
    const value = median(audits.map(({ seconds }) => files / seconds));
    const yardstickValue = median(hashings.map(({ seconds }) => files / seconds));
    return {
      value,
      unit: "files/s",
      yardstick: "gunzipSync and SHA-256 of the same files, one Node thread",
      yardstickValue,
      ratio: value / yardstickValue,
      extra: {
        logFiles: signed.logFiles,
        digests: signed.digests,
        repetitions: audits.length,
        rates: audits.map(({ seconds }) => files / seconds),
        yardstickRates: hashings.map(({ seconds }) => files / seconds),
        cpuMicroseconds: median(audits.map(({ cpuSeconds }) => (cpuSeconds * 1e6) / files)),
        peakMegabytes: median(audits.map(({ peakBytes }) => (peakBytes ?? 0) / 1e6)),
      },
    };
  },
});
