/** Where the time comes from, handed to everything that needs it: real, scaled, or stepped by a test. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Resolves when `now()` has reached `at`, rejects with the signal's reason when it is aborted first. */
  waitUntil(at: number, signal?: AbortSignal): Promise<void>;
}

/** Waits so long, or until the signal is aborted: the caller looks which it was. */
export async function pauseOrStop(clock: Clock, milliseconds: number, signal: AbortSignal): Promise<void> {
  await clock.waitUntil(clock.now() + milliseconds, signal).catch(() => undefined);
}

/** The longest that Node's timers wait at once, in milliseconds. */
const timerMillisecondsMax = 2 ** 31 - 1;

/** The machine's own clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  async waitUntil(at, signal) {
    while (Date.now() < at) await pause(at - Date.now(), signal);
  },
};

/** A clock that a person may set to run faster and may push forward; it never goes back. */
export class ScaledClock implements Clock {
  #speed: number;
  #base: number;
  #since: number;
  readonly #real: () => number;
  readonly #onMove: () => void;
  /** Wakes those who wait, so that they look at the clock anew. */
  readonly #wakers = new Set<() => void>();

  constructor(
    options: {
      readonly start?: number;
      readonly speed?: number;
      readonly real?: () => number;
      /** Told when the clock was pushed forward or got another speed. */
      readonly onMove?: () => void;
    } = {},
  ) {
    this.#real = options.real ?? (() => performance.timeOrigin + performance.now());
    this.#onMove = options.onMove ?? (() => undefined);
    this.#since = this.#real();
    this.#base = options.start ?? this.#since;
    this.#speed = options.speed ?? 1;
  }

  get speed(): number {
    return this.#speed;
  }

  now(): number {
    return Math.floor(this.#exact());
  }

  /** How many of this clock's seconds pass in a second; at least 0, which stops it. */
  setSpeed(speed: number): void {
    if (!(speed >= 0 && Number.isFinite(speed))) throw new RangeError("A clock's speed is a number from 0 on");
    this.#move(this.#exact(), speed);
  }

  /** Pushes the clock forward. */
  advance(milliseconds: number): void {
    if (!(milliseconds >= 0 && Number.isFinite(milliseconds))) throw new RangeError("A clock goes forward only");
    this.#move(this.#exact() + milliseconds, this.#speed);
  }

  async waitUntil(at: number, signal?: AbortSignal): Promise<void> {
    while (this.now() < at) {
      signal?.throwIfAborted();
      const wait = this.#speed === 0 ? timerMillisecondsMax : (at - this.#exact()) / this.#speed;
      const cut = new AbortController();
      const wake = () => cut.abort();
      this.#wakers.add(wake);
      await pause(wait, signal === undefined ? cut.signal : AbortSignal.any([signal, cut.signal])).catch(
        () => undefined,
      );
      this.#wakers.delete(wake);
      signal?.throwIfAborted();
    }
  }

  #exact(): number {
    return this.#base + (this.#real() - this.#since) * this.#speed;
  }

  #move(base: number, speed: number): void {
    this.#base = base;
    this.#since = this.#real();
    this.#speed = speed;
    this.#onMove();
    for (const wake of this.#wakers) wake();
  }
}

/** A clock for tests: it stands still until it is told to go on, and says who waits for it. */
export class SteppedClock implements Clock {
  #now: number;
  readonly #waiting = new Set<{ readonly at: number; readonly go: () => void }>();

  constructor(start: number) {
    this.#now = start;
  }

  /** The instants that somebody waits for, the earliest first. */
  get waiting(): readonly number[] {
    return [...this.#waiting].map(({ at }) => at).sort((a, b) => a - b);
  }

  now(): number {
    return this.#now;
  }

  /** Moves the time on and wakes whoever waited for it, in the order of their instants. */
  advance(milliseconds: number): void {
    this.#now += milliseconds;
    for (const waiter of [...this.#waiting].sort((a, b) => a.at - b.at)) if (waiter.at <= this.#now) waiter.go();
  }

  waitUntil(at: number, signal?: AbortSignal): Promise<void> {
    if (at <= this.#now) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.#waiting.delete(waiter);
        signal?.removeEventListener("abort", stop);
      };
      const stop = () => {
        leave();
        reject(signal?.reason as Error);
      };
      const waiter = {
        at,
        go: () => {
          leave();
          resolve();
        },
      };
      signal?.throwIfAborted();
      signal?.addEventListener("abort", stop, { once: true });
      this.#waiting.add(waiter);
    });
  }
}

function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason as Error);
    };
    const timer = setTimeout(
      () => {
        signal?.removeEventListener("abort", stop);
        resolve();
      },
      Math.min(Math.max(milliseconds, 1), timerMillisecondsMax),
    );
    if (signal?.aborted === true) stop();
    else signal?.addEventListener("abort", stop, { once: true });
  });
}
