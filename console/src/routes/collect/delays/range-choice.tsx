import controls from "../../../parts/controls.module.css";
import { delayRanges, type DelayRange } from "./delay-ranges.ts";

/** Of how long ago events are measured. */
export function RangeChoice({
  range,
  onPick,
}: {
  readonly range: DelayRange;
  readonly onPick: (range: DelayRange) => void;
}) {
  return (
    <select
      aria-label="Time"
      className={controls["input"]}
      style={{ width: 130 }}
      value={range}
      onChange={(event) => {
        onPick(event.target.value as DelayRange);
      }}
    >
      {Object.entries(delayRanges).map(([key, { title }]) => (
        <option key={key} value={key}>
          {title}
        </option>
      ))}
    </select>
  );
}
