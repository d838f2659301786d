import { good, type Finding } from "../findings.ts";
import { defineSource, type CheckContext, type SourceContext } from "../source.ts";
import { PushDesk } from "./push-desk.ts";
import { pushSettings, type PushSettings } from "./push-settings.ts";
import { makeToken } from "./push-token.ts";

const hourMs = 3_600_000;

/** Takes what others post: for senders that can do nothing else. */
export const pushSource = defineSource<PushSettings>({
  type: "push",
  summary: "Takes log files and records that are posted to it: by Data Firehose, EventBridge, or a script with curl",
  settings: pushSettings,
  permissions: [],
  prepare: makeToken,
  place: () => "posts to /api/v1/collect/push",
  quietAfterMs: () => hourMs,
  run: runPush,
  check: checkPush,
});

async function runPush(settings: PushSettings, context: SourceContext): Promise<void> {
  const { signal, report } = context;
  const desk = new PushDesk(settings, context);
  context.onPush((request) => desk.accept(request));
  report.looked();
  const { promise: stopped, resolve } = Promise.withResolvers<void>();
  signal.addEventListener("abort", () => resolve(), { once: true });
  if (!signal.aborted) await stopped;
  await desk.drain();
  signal.throwIfAborted();
}

async function* checkPush(_settings: PushSettings, { name }: CheckContext): AsyncGenerator<Finding> {
  yield good(`Posts with the token are taken at /api/v1/collect/push/${name}`);
}
