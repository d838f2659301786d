import type { AuditStep, AuditSummary } from "./report.ts";

type Counts = Record<"valid" | "unproven" | "broken" | "missing", number>;

/** Counts what an audit tells, for its summary. */
export class Tally {
  readonly #span: { readonly from: number; readonly to: number };
  readonly #began: number;
  readonly #digests: Counts = { valid: 0, unproven: 0, broken: 0, missing: 0 };
  readonly #backfillDigests: Counts = { valid: 0, unproven: 0, broken: 0, missing: 0 };
  readonly #logFiles = { proven: 0, waiting: 0, unproven: 0, broken: 0, missing: 0, undeclared: 0 };
  #chains = 0;
  #gaps = 0;
  #found: { from: number; to: number } | undefined;

  constructor(span: { readonly from: number; readonly to: number }, now: number) {
    this.#span = span;
    this.#began = now;
  }

  count(step: AuditStep): void {
    if (step.kind === "chain") this.#chains++;
    if (step.kind === "gap") this.#gaps++;
    if (step.kind === "log-file") this.#logFiles[step.file.verdict.kind]++;
    if (step.kind === "digest") this.#countDigest(step);
  }

  summary(now: number): AuditSummary {
    return {
      ...this.#span,
      found: this.#found,
      chains: this.#chains,
      digests: { ...this.#digests },
      backfillDigests: { ...this.#backfillDigests },
      logFiles: { ...this.#logFiles },
      gaps: this.#gaps,
      seconds: Math.max(0, (now - this.#began) / 1_000),
    };
  }

  #countDigest({ chain, digest }: AuditStep & { readonly kind: "digest" }): void {
    const { kind } = digest.verdict;
    (chain.isBackfill ? this.#backfillDigests : this.#digests)[kind]++;
    if (kind !== "valid") return;
    const { from, to } = this.#span;
    const [start, end] = [Math.max(digest.startsAt ?? digest.endsAt, from), Math.min(digest.endsAt, to)];
    this.#found ??= { from: start, to: end };
    this.#found = { from: Math.min(this.#found.from, start), to: Math.max(this.#found.to, end) };
  }
}
