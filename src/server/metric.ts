/** A figure with its name in Prometheus, and the values that it has now. */
export interface Metric {
  readonly name: string;
  readonly help: string;
  readonly samples: readonly Sample[];
}

export interface Sample {
  /** Values of a small set that is ours: each makes a row that whoever collects them keeps. */
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** A figure of one value, or of several that labels tell apart. */
export function metric(name: string, help: string, value: number | readonly Sample[]): Metric {
  return { name, help, samples: typeof value === "number" ? [{ labels: {}, value }] : value };
}

/** Figures in Prometheus' text format; nothing of one that has no value. */
export function printMetric({ name, help, samples }: Metric): readonly string[] {
  if (samples.length === 0) return [];
  const rows = samples.map(({ labels, value }) => `${name}${labelsOf(labels)} ${value}`);
  return [`# HELP ${name} ${help}`, `# TYPE ${name} gauge`, ...rows];
}

function labelsOf(labels: Sample["labels"]): string {
  const pairs = Object.entries(labels).map(([label, value]) => `${label}="${escaped(value)}"`);
  return pairs.length === 0 ? "" : `{${pairs.join(",")}}`;
}

/** As the text format has it: backslash, quote and end of line. */
function escaped(value: string): string {
  return value.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
}
