import type { DigestReason, DigestVerdictKind, VerdictKind, VerdictReason } from "../verdict.ts";

/** What the lines are made of; steps of an audit have it. */
export type LineStep =
  | {
      readonly kind: "digest";
      readonly name: string;
      readonly isBackfill: boolean;
      readonly homeRegion: string;
      readonly fingerprint: string;
      readonly verdict: DigestVerdictKind;
      readonly reason: DigestReason;
    }
  | { readonly kind: "log-file"; readonly name: string; readonly verdict: VerdictKind; readonly reason: VerdictReason }
  | { readonly kind: "gap"; readonly isBackfill: boolean; readonly from: number; readonly to: number };

/** A piece of text and where AWS CLI writes it. */
export interface SaidLine {
  readonly to: "stdout" | "stderr";
  readonly text: string;
}

export interface LikeAwsCliOptions {
  readonly trailArn: string;
  readonly from: number;
  readonly to: number;
  readonly isVerbose: boolean;
}

/** Says what an audit found in the words of `aws cloudtrail validate-logs`, to the letter. */
export class LikeAwsCli {
  readonly #options: LikeAwsCliOptions;
  readonly #counts = { digest: [0, 0], "backfill digest": [0, 0], log: [0, 0] } satisfies Record<string, Pair>;
  #isBehindEmptyLine = true;

  constructor(options: LikeAwsCliOptions) {
    this.#options = options;
  }

  /** 1 when a digest or a log file is invalid; a gap is none. */
  get exitCode(): number {
    return Object.values(this.#counts).some(([, invalid]) => invalid > 0) ? 1 : 0;
  }

  begin(): SaidLine {
    const { trailArn, from, to } = this.#options;
    const text = `Validating log files for trail ${trailArn} between ${second(from)} and ${second(to)}\n\n`;
    return { to: "stdout", text };
  }

  say(step: LineStep): SaidLine | undefined {
    if (step.kind === "gap")
      return this.#trouble(
        `${late(step)}No log files were delivered by CloudTrail between ${second(step.from)} and ${second(step.to)}`,
      );
    const isValid = step.verdict === "valid" || step.verdict === "proven";
    const kind = step.kind === "log-file" ? "log" : step.isBackfill ? "backfill digest" : "digest";
    this.#counts[kind][isValid ? 0 : 1]++;
    const what = step.kind === "log-file" ? "Log file" : `${late(step)}Digest file`;
    const said = isValid ? "valid" : `INVALID: ${step.kind === "digest" ? ofDigest(step) : ofLogFile(step.reason)}`;
    const line = `${what}\t${step.name}\t${said}`;
    return isValid ? this.#status(line) : this.#trouble(line);
  }

  /** `found` is what valid digests speak for. */
  end(found: { readonly from: number; readonly to: number } | undefined): SaidLine {
    const { from, to } = this.#options;
    const lines = [this.#isBehindEmptyLine ? "" : "\n", `Results requested for ${second(from)} to ${second(to)}\n`];
    const digests = [...this.#counts["digest"], ...this.#counts["backfill digest"]];
    if (digests.every((count) => count === 0)) return { to: "stdout", text: `${lines.join("")}No digests found\n` };
    lines.push(
      found === undefined
        ? "No valid digests found in range\n"
        : `Results found for ${second(found.from)} to ${second(found.to)}:\n`,
    );
    for (const [name, [valid, invalid]] of Object.entries(this.#counts)) {
      const total = valid + invalid;
      if (total === 0) continue;
      lines.push(`\n${valid}/${total} ${name} files valid`);
      if (invalid > 0) lines.push(`, ${invalid}/${total} ${name} files INVALID`);
    }
    return { to: "stdout", text: `${lines.join("")}\n` };
  }

  #status(line: string): SaidLine | undefined {
    if (!this.#options.isVerbose) return undefined;
    this.#isBehindEmptyLine = false;
    return { to: "stdout", text: `${line}\n` };
  }

  #trouble(line: string): SaidLine {
    const text = `${this.#isBehindEmptyLine ? "" : "\n"}${line}\n\n`;
    this.#isBehindEmptyLine = true;
    return { to: "stderr", text };
  }
}

/** How many are valid, and how many are not. */
type Pair = [valid: number, invalid: number];

function late({ isBackfill }: { readonly isBackfill: boolean }): string {
  return isBackfill ? "(backfill) " : "";
}

function ofDigest({ reason, homeRegion, fingerprint }: LineStep & { readonly kind: "digest" }): string {
  switch (reason) {
    case "not-found":
      return "not found";
    case "moved":
      return "has been moved from its original location";
    case "key-unknown":
      // Keys are the source region's, but it names the trail's own.
      return `public key not found in region ${homeRegion} for fingerprint ${fingerprint}`;
    case "key-unreadable":
      return `Unable to load PKCS #1 key with fingerprint ${fingerprint}`;
    case "signature-lost":
    case "signature-missing":
    case "signature-wrong":
    case "algorithm-unknown":
      return "signature verification failed";
    default:
      return "invalid format";
  }
}

function ofLogFile(reason: VerdictReason): string {
  switch (reason) {
    case "not-found":
      return "not found";
    case "not-gzip":
    case "not-inflatable":
      return "invalid format";
    case "bytes-behind":
    case "second-member":
      // Since AWS CLI 1.45.12; older ones say that they are valid.
      return "unexpected data after end of compressed stream";
    default:
      return "hash value doesn't match";
  }
}

function second(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}
