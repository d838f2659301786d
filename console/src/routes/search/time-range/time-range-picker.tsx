import { Popover } from "@mantine/core";
import { useState } from "react";
import { Icon } from "../../../parts/icon.tsx";
import { zoneName } from "../../../parts/instants.ts";
import type { SearchControl } from "../search-state.ts";
import { describeRange, fromInput, quickRanges, toInput } from "./ranges.ts";
import classes from "./time-range-picker.module.css";

export interface TimeRangePickerProps {
  readonly control: SearchControl;
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
}

/** The span of time that is searched: one of the usual ones, or from–to. */
export function TimeRangePicker({ control, isOpen, onOpenChange }: TimeRangePickerProps) {
  const { from, to } = control.state;
  const choose = (next: { from: string | undefined; to: string | undefined }) => {
    control.ask(next);
    onOpenChange(false);
  };
  return (
    <Popover opened={isOpen} onChange={onOpenChange} position="bottom-end" shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <button
          type="button"
          className={classes["button"]}
          aria-label={`Time range: ${describeRange(from, to, control.zone)}`}
          title="Time range (d)"
          onClick={() => {
            onOpenChange(!isOpen);
          }}
        >
          <Icon name="clock" />
          <span>{describeRange(from, to, control.zone)}</span>
          <Icon name="down" size={12} />
        </button>
      </Popover.Target>
      <Popover.Dropdown p={0}>
        <div className={classes["panel"]}>
          <div className={classes["quick"]} role="group" aria-label="Usual time ranges">
            {quickRanges.map((range) => (
              <button
                key={range.label}
                type="button"
                aria-pressed={to === undefined && range.from === from}
                onClick={() => {
                  choose({ from: range.from, to: undefined });
                }}
              >
                {range.label}
              </button>
            ))}
          </div>
          <AbsoluteRange control={control} onChoose={choose} />
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}

interface AbsoluteRangeProps {
  readonly control: SearchControl;
  readonly onChoose: (range: { from: string | undefined; to: string | undefined }) => void;
}

function AbsoluteRange({ control, onChoose }: AbsoluteRangeProps) {
  const { zone, state } = control;
  const [from, setFrom] = useState(toInput(state.from, zone));
  const [to, setTo] = useState(toInput(state.to, zone));
  const isBackwards = from !== "" && to !== "" && from >= to;
  return (
    <form
      className={classes["absolute"]}
      onSubmit={(event) => {
        event.preventDefault();
        if (!isBackwards) onChoose({ from: fromInput(from, zone), to: fromInput(to, zone) });
      }}
    >
      <label>
        From
        <input
          type="datetime-local"
          step={1}
          value={from}
          onChange={(event) => {
            setFrom(event.currentTarget.value);
          }}
        />
      </label>
      <label>
        To
        <input
          type="datetime-local"
          step={1}
          value={to}
          aria-invalid={isBackwards}
          onChange={(event) => {
            setTo(event.currentTarget.value);
          }}
        />
      </label>
      <p className={classes["hint"]} data-bad={isBackwards}>
        {isBackwards
          ? "“To” has to be later than “From”"
          : `Times are in ${zoneName(zone)}. Leave one empty for an open end.`}
      </p>
      <button type="submit" className={classes["apply"]} disabled={isBackwards}>
        Search this range
      </button>
    </form>
  );
}
