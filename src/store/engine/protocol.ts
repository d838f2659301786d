/** How the engine's process is told to start (its one argument, as JSON). */
export interface EngineStart {
  readonly directory: string;
  readonly configFile: string;
  readonly setUp: readonly string[];
  /** How many queries may read at the same time; one more session writes, one more cancels. */
  readonly readers: number;
}

export interface EngineQuery {
  readonly sql: string;
  readonly format: string;
  readonly lane: "read" | "write";
  readonly stream: boolean;
}

/** Chunks of a stream that may be on their way; each one taken allows another, so that a slow reader costs no memory. */
export const chunksAhead = 4;

export interface EngineFailure {
  readonly message: string;
  readonly cancelled: boolean;
}

/** A comment in front of the statement, by which a running query is found again and killed. */
export function cancelMark(id: number): string {
  return `/* trailwarden ${id} */ `;
}
