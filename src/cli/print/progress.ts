import { printCount, printDuration } from "./figures.ts";
import type { Terminal } from "./terminal.ts";

const barCells = 24;
const showEveryMs = 100;

/** A progress bar with rate and time left, on a terminal; nothing elsewhere. */
export class ProgressBar {
  readonly #terminal: Terminal;
  readonly #now: () => number;
  readonly #began: number;
  #shownAt = 0;

  constructor(terminal: Terminal, now: () => number) {
    this.#terminal = terminal;
    this.#now = now;
    this.#began = now();
  }

  show(progress: {
    readonly done: number;
    readonly total: number;
    readonly count: number;
    readonly unit: string;
  }): void {
    const at = this.#now();
    if (at - this.#shownAt < showEveryMs) return;
    this.#shownAt = at;
    const share = progress.total === 0 ? 0 : Math.min(1, progress.done / progress.total);
    const seconds = (at - this.#began) / 1000;
    const rate = seconds > 0 ? progress.count / seconds : 0;
    const left = share > 0.01 && seconds > 1 ? ` · ${printDuration((seconds / share) * (1 - share))} left` : "";
    const filled = Math.round(share * barCells);
    const bar = "█".repeat(filled) + "░".repeat(barCells - filled);
    this.#terminal.status(
      `${bar} ${Math.floor(share * 100)} %  ${printCount(progress.count)} ${progress.unit} · ${printCount(Math.round(rate))}/s${left}`,
    );
  }
}
