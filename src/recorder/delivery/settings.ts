/** How delivery goes about its work; seconds are those of the clock. */
export interface DeliverySettings {
  /** Regions that there are: a trail of all regions has a digest in each, idle or not. */
  readonly regions: readonly string[];
  /** About every 5 minutes (CloudTrail User Guide, "How CloudTrail works"). */
  readonly logFileSeconds?: number;
  /** Every hour (CloudTrail User Guide, "Validating CloudTrail log file integrity"). */
  readonly digestSeconds?: number;
  /** Before compression (CloudTrail User Guide, "Quotas in AWS CloudTrail"). */
  readonly logFileBytesMax?: number;
  /** How long a broken bucket is tried again: 30 days (CloudTrail User Guide, "How CloudTrail works"). */
  readonly retrySeconds?: number;
}

export interface FullSettings {
  readonly regions: readonly string[];
  readonly logFileMilliseconds: number;
  readonly digestMilliseconds: number;
  readonly logFileBytesMax: number;
  readonly retryMilliseconds: number;
}

/** The settings with what AWS does where nothing is said. */
export function fullSettings(settings: DeliverySettings): FullSettings {
  return {
    regions: settings.regions,
    logFileMilliseconds: positive(settings.logFileSeconds ?? 300, "logFileSeconds") * 1000,
    // A digest's name holds its second, so that windows are whole seconds.
    digestMilliseconds: Math.ceil(positive(settings.digestSeconds ?? 3600, "digestSeconds")) * 1000,
    logFileBytesMax: positive(settings.logFileBytesMax ?? 50_000_000, "logFileBytesMax"),
    retryMilliseconds: positive(settings.retrySeconds ?? 30 * 86_400, "retrySeconds") * 1000,
  };
}

function positive(value: number, name: string): number {
  if (!(value > 0 && Number.isFinite(value))) throw new RangeError(`${name} is a number above 0`);
  return value;
}
