import type { Finding } from "../findings.ts";
import type { SourceReport } from "../source.ts";

/** One region that cannot be asked is a hint; none that can is what stands in the way. */
export class RegionTroubles {
  readonly #report: Pick<SourceReport, "looked" | "trouble" | "hint">;
  readonly #regions: readonly string[];
  readonly #findings = new Map<string, Finding>();

  constructor(report: Pick<SourceReport, "looked" | "trouble" | "hint">, regions: readonly string[]) {
    this.#report = report;
    this.#regions = regions;
  }

  answered(region: string): void {
    if (this.#findings.delete(region)) this.#tell();
    this.#report.looked();
  }

  failed(region: string, finding: Finding): void {
    this.#findings.set(region, finding);
    this.#tell();
  }

  #tell(): void {
    const [first] = this.#findings;
    if (first === undefined) return this.#report.hint(undefined);
    const [region, finding] = first;
    if (this.#findings.size >= this.#regions.length) return this.#report.trouble(finding);
    const others = this.#findings.size === 1 ? "" : ` and ${this.#findings.size - 1} more`;
    this.#report.hint({
      ...finding,
      sentence: `${region}${others} cannot be looked up: ${finding.sentence}`,
      help: `Name the regions that are to be looked up in the setting regions, or: ${finding.help ?? "see what AWS said"}`,
    });
  }
}
