import type { Collector } from "../collect/index.ts";
import type { SourceBook } from "../setup/index.ts";

/** CloudTrail delivers within about five minutes (CloudTrail User Guide, "How CloudTrail works"). */
const probeWaitMs = 20 * 60_000;

/** The collector as set-up needs it. */
export function sourceBook(collector: Collector): SourceBook {
  return {
    async ensureQueue({ name, secrets, ...given }) {
      const there = (await collector.list()).find(({ place }) => place === given.queueUrl);
      if (there?.status === "paused") await collector.resume(there.name);
      if (there !== undefined) return there.name;
      const { roleArn, externalId, bucketRoleArn, endpoint, ...settings } = given;
      const role = roleArn === undefined ? {} : { roleArn, externalId };
      const bucketRole = bucketRoleArn === undefined ? {} : { bucketRoleArn, bucketExternalId: externalId };
      const { source } = await collector.add({
        name: await freeName(name, collector),
        type: "queue",
        settings: { ...settings, ...role, ...bucketRole, ...(endpoint === undefined ? {} : { endpoint }) },
        secrets,
      });
      return source.name;
    },
    async rest(name) {
      if ((await collector.list()).some((source) => source.name === name)) await collector.pause(name);
    },
    async probe(name, signal) {
      let last = "The probe gave no answer";
      const options = { waitMs: probeWaitMs, isCallAllowed: true };
      for await (const step of collector.test(name, options, signal)) {
        if (step.kind === "searchable") {
          const seconds = Math.round(step.elapsedMs / 1000);
          return {
            isGood: true,
            sentence: `The way works: a call was found ${seconds} s after it was made (event ${step.eventId})`,
          };
        }
        if (step.kind === "gave-up" || step.kind === "waiting") last = step.sentence;
        if (step.kind === "finding" && !step.finding.isGood) last = step.finding.sentence;
      }
      return { isGood: false, sentence: last };
    },
  };
}

/** The deployment's name, unless another source has it. */
async function freeName(name: string, collector: Collector): Promise<string> {
  const taken = new Set((await collector.list()).map((source) => source.name));
  if (!taken.has(name)) return name;
  for (let number = 2; ; number++) {
    const other = `${name.slice(0, 60)}-${number}`;
    if (!taken.has(other)) return other;
  }
}
