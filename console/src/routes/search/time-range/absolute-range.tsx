import { useRef, useState } from "react";
import { Icon } from "../../../parts/icon.tsx";
import { type Zone, zoneName } from "../../../parts/instants.ts";
import type { SearchControl } from "../search-state.ts";
import { fromTyped, instantOf, toTyped } from "./ranges.ts";
import classes from "./time-range-picker.module.css";

export interface AbsoluteRangeProps {
  readonly control: SearchControl;
  readonly onChoose: (range: { from: string | undefined; to: string | undefined }) => void;
}

/** From–to as someone writes or pastes it, or picks it from the browser's calendar. */
export function AbsoluteRange({ control, onChoose }: AbsoluteRangeProps) {
  const { zone, state } = control;
  const [from, setFrom] = useState(toTyped(state.from, zone));
  const [to, setTo] = useState(toTyped(state.to, zone));
  // What `now` means stays the same while the panel is open.
  const [now] = useState(() => Date.now());
  const [start, end] = [fromTyped(from, zone, now), fromTyped(to, zone, now)];
  const problem = start === false || end === false ? unreadable : isBackwards(start, end, now) ? backwards : undefined;
  return (
    <form
      className={classes["absolute"]}
      onSubmit={(event) => {
        event.preventDefault();
        if (problem === undefined && start !== false && end !== false) onChoose({ from: start, to: end });
      }}
    >
      <InstantInput label="From" text={from} instant={start} zone={zone} isWrong={start === false} onText={setFrom} />
      <InstantInput
        label="To"
        text={to}
        instant={end}
        zone={zone}
        isWrong={end === false || problem === backwards}
        onText={setTo}
      />
      <p
        className={classes["hint"]}
        data-bad={problem !== undefined}
        role={problem === undefined ? undefined : "alert"}
      >
        {problem ?? `Times are in ${zoneName(zone)}. Leave one empty for an open end.`}
      </p>
      <button type="submit" className={classes["apply"]} disabled={problem !== undefined}>
        Search this range
      </button>
    </form>
  );
}

const unreadable = "Write 2026-11-19 20:34, a time with its zone, or now-3h";
const backwards = "“To” has to be later than “From”";

function isBackwards(start: string | undefined, end: string | undefined, now: number): boolean {
  const [first, last] = [instantOf(start, now), instantOf(end, now)];
  return first !== undefined && last !== undefined && first > last;
}

interface InstantInputProps {
  readonly label: string;
  readonly text: string;
  readonly instant: string | false | undefined;
  readonly zone: Zone;
  readonly isWrong: boolean;
  readonly onText: (text: string) => void;
}

function InstantInput({ label, text, instant, zone, isWrong, onText }: InstantInputProps) {
  const calendar = useRef<HTMLInputElement>(null);
  return (
    <label>
      {label}
      <span className={classes["instant"]}>
        <input
          type="text"
          placeholder="2026-11-19 20:34, now-3h"
          autoComplete="off"
          spellCheck={false}
          value={text}
          aria-invalid={isWrong}
          onChange={(event) => {
            onText(event.currentTarget.value);
          }}
        />
        <input
          ref={calendar}
          type="datetime-local"
          step={1}
          tabIndex={-1}
          aria-hidden="true"
          value={picked(instant, zone)}
          onChange={(event) => {
            onText(event.currentTarget.value.replace("T", " "));
          }}
        />
        <button
          type="button"
          aria-label={`Pick ${label.toLowerCase()} from a calendar`}
          onClick={() => {
            calendar.current?.showPicker();
          }}
        >
          <Icon name="calendar" />
        </button>
      </span>
    </label>
  );
}

/** What the calendar opens at; it takes whole instants only. */
function picked(instant: string | false | undefined, zone: Zone): string {
  const text = typeof instant === "string" ? toTyped(instant, zone).replace(" ", "T") : "";
  return /^\d{4}-\d\d-\d\dT[\d:]{8}$/.test(text) ? text : "";
}
