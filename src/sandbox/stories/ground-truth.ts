import { type Matter } from "./story.ts";

/** What a call's record is found by. */
export interface CallIds {
  /** As the record has it in `requestID`. */
  readonly requestId?: string | undefined;
  /** As the record has it in `eventID`: of sign-ins, which have no `requestID`. */
  readonly eventId?: string | undefined;
}

/** One line of what is true of a play: this call matters, for this reason. */
export interface TruthLine extends CallIds {
  readonly story: string;
  readonly eventSource: string;
  readonly eventName: string;
  readonly why: string;
  /** MITRE ATT&CK. */
  readonly technique: string;
}

/** Takes down which calls matter: the matter is named before the call, the request's id is known after it. */
export class GroundTruth {
  readonly #story: string;
  readonly #lines: TruthLine[] = [];
  readonly #write: ((line: TruthLine) => void) | undefined;
  #next: Matter | undefined;

  constructor(story: string, write?: (line: TruthLine) => void) {
    this.#story = story;
    this.#write = write;
  }

  get lines(): readonly TruthLine[] {
    return this.#lines;
  }

  /** The next call is it. */
  mark(matter: Matter): void {
    if (this.#next !== undefined) throw new Error(`${this.#story}: no call came of ${this.#next.eventName}`);
    this.#next = matter;
  }

  /** Told of every call that was answered; `eventName` as records have it. */
  answered(service: Matter["service"], eventName: string, { requestId, eventId }: CallIds): void {
    const matter = this.#next;
    if (matter === undefined) return;
    this.#next = undefined;
    if (matter.service !== service || matter.eventName !== eventName) {
      throw new Error(`${this.#story}: ${matter.eventName} was to come, ${eventName} came`);
    }
    if (requestId === undefined && eventId === undefined) {
      throw new Error(`${this.#story}: ${eventName} was answered without an id`);
    }
    const ids = requestId === undefined ? { eventId } : { requestId };
    const { technique, why } = matter;
    const line = { story: this.#story, ...ids, eventSource: `${service}.amazonaws.com`, eventName, why, technique };
    this.#lines.push(line);
    this.#write?.(line);
  }
}

/** Ground truth as it is kept: a line of JSON for each call that matters. */
export function printTruth(lines: readonly TruthLine[]): string {
  return lines.map((line) => `${JSON.stringify(line)}\n`).join("");
}
