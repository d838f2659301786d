import { type AuditStep, LikeAwsCli, type SaidLine } from "../../src/verify/index.ts";

/** What `trailwarden verify --like-aws-cli` writes for the steps of an audit. */
export interface SaidLines {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number;
}

export function linesOf(
  steps: readonly AuditStep[],
  options: { readonly trailArn: string; readonly from: number; readonly to: number },
): SaidLines {
  const cli = new LikeAwsCli({ ...options, isVerbose: true });
  const text = { stdout: "", stderr: "" };
  const write = (line: SaidLine | undefined) => {
    if (line !== undefined) text[line.to] += line.text;
  };
  write(cli.begin());
  for (const step of steps) {
    if (step.kind === "digest") {
      const { chain, digest } = step;
      const { kind: verdict, reason } = digest.verdict;
      const fingerprint = digest.object?.digest?.digestPublicKeyFingerprint ?? "";
      const { isBackfill, homeRegion } = chain;
      write(cli.say({ kind: "digest", name: digest.name, isBackfill, homeRegion, fingerprint, verdict, reason }));
    }
    if (step.kind === "log-file") {
      const { kind: verdict, reason } = step.file.verdict;
      write(cli.say({ kind: "log-file", name: step.file.name, verdict, reason }));
    }
    if (step.kind === "gap") {
      const { from, to } = step.gap;
      write(cli.say({ kind: "gap", isBackfill: step.chain.isBackfill, from, to }));
    }
    if (step.kind === "summary") write(cli.end(step.summary.found));
  }
  return { ...text, code: cli.exitCode };
}
