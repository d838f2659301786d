/** What collects the log files of accounts that are set up; the collector, as set-up needs it. */
export interface SourceBook {
  /** Adds the source that reads a queue, or leaves it as it is when it is there already; gives its name. */
  ensureQueue(source: QueueSource): Promise<string>;
  /** Lets it rest; it goes on where it stopped when it is ensured again. */
  rest(name: string): Promise<void>;
  /** Makes a harmless call as the source would and waits until its event can be searched; says how it went. */
  probe(name: string, signal: AbortSignal): Promise<{ readonly isGood: boolean; readonly sentence: string }>;
}

export interface QueueSource {
  readonly name: string;
  readonly queueUrl: string;
  readonly region: string;
  readonly accountId: string;
  readonly roleArn: string | undefined;
  readonly externalId: string;
  /** Role for the bucket, where it lies in another account than the queue. */
  readonly bucketRoleArn: string | undefined;
  readonly endpoint: string | undefined;
  readonly secrets: Readonly<Record<string, string>>;
}
