import { Popover } from "@mantine/core";
import { Icon } from "../../../parts/icon.tsx";
import type { SearchControl } from "../search-state.ts";
import { AbsoluteRange } from "./absolute-range.tsx";
import { describeRange, quickRanges } from "./ranges.ts";
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
