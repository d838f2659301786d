import { systemClock } from "../base/clock.ts";
import type { Detection, RuleBook, Threats } from "../detect/index.ts";
import type { Incidents } from "../incidents/index.ts";
import type { Notifier } from "../notify/index.ts";
import type { EventStore } from "../store/index.ts";
import { bringDetection, bringRuleBook, bringThreats, type DetectionParts } from "./bring-detection.ts";
import { bringIncidents } from "./bring-incidents.ts";
import { bringNotifier, type NotifierParts } from "./bring-notifier.ts";
import { WhenAsked } from "./when-asked.ts";

/** The stations behind storing: rules, what they find, incidents, and who is told of them. */
export interface DetectingStations {
  readonly openRuleBook: () => Promise<RuleBook>;
  readonly openThreats: () => Promise<Threats>;
  readonly openDetection: () => Promise<Detection>;
  readonly openIncidents: () => Promise<Incidents>;
  readonly openNotifier: () => Promise<Notifier>;
}

/** Each is brought in when it is first asked for; all of them work by themselves once they were started. */
export class Detecting implements DetectingStations, AsyncDisposable {
  readonly #store: EventStore;
  readonly #onFailure: (error: unknown) => void;
  readonly #book: WhenAsked<RuleBook & AsyncDisposable>;
  readonly #threats: WhenAsked<Threats>;
  readonly #detection: WhenAsked<Detection>;
  readonly #incidents: WhenAsked<Incidents>;
  readonly #notifier: WhenAsked<Notifier>;
  readonly #started = new AsyncDisposableStack();

  constructor(parts: DetectionParts & NotifierParts) {
    this.#store = parts.store;
    this.#onFailure = parts.onFailure;
    this.#book = new WhenAsked(() => bringRuleBook(parts));
    this.#threats = new WhenAsked(() => bringThreats(parts));
    this.#detection = new WhenAsked(async () => {
      return bringDetection(parts, await this.openRuleBook(), await this.openThreats());
    });
    this.#incidents = new WhenAsked(async () => bringIncidents(parts, await this.openRuleBook()));
    this.#notifier = new WhenAsked(() => bringNotifier(parts));
  }

  openRuleBook = () => this.#book.get();
  openThreats = () => this.#threats.get();
  openDetection = () => this.#detection.get();
  openIncidents = () => this.#incidents.get();
  openNotifier = () => this.#notifier.get();

  /** Judges all that waits, and brings what is found into incidents. */
  async detectNow(signal: AbortSignal): Promise<void> {
    await (await this.openDetection()).judgeNow(signal);
    await (await this.openIncidents()).takeNow(signal);
  }

  /** From now on what is stored is judged at once, what is found becomes incidents, and people hear of them. */
  async start(): Promise<void> {
    const [detection, incidents, notifier] = await Promise.all([
      this.openDetection(),
      this.openIncidents(),
      this.openNotifier(),
    ]);
    this.#started.defer(this.#store.onAcknowledged(() => detection.stored()));
    this.#started.defer(detection.onFindings(() => (incidents.found(), notifier.wake())));
    this.#started.defer(incidents.onChange(() => notifier.wake()));
    this.#started.use(keepPromoting(await this.openRuleBook(), this.#onFailure));
    await (await this.openThreats()).start();
    // The last of them first: nothing that is found waits for who takes it.
    await notifier.start();
    await incidents.start();
    await detection.start();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#started.disposeAsync();
    for (const station of [this.#detection, this.#incidents, this.#notifier, this.#threats, this.#book]) {
      await station[Symbol.asyncDispose]();
    }
  }
}

const hourMs = 3_600_000;

/** Every hour rules that were tried out for long enough, and were quiet, are promoted. */
function keepPromoting(book: RuleBook, onFailure: (error: unknown) => void): Disposable {
  const promote = () => void book.promote(systemClock.now()).catch(onFailure);
  const timer = setInterval(promote, hourMs).unref();
  promote();
  return { [Symbol.dispose]: () => clearInterval(timer) };
}
