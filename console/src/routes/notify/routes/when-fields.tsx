import { ChoiceList, toggled } from "../../../parts/choice-list.tsx";
import { LevelChoice } from "../../../parts/level-choice.tsx";
import { TextField } from "../../../parts/text-field.tsx";
import { dayNames } from "../notify-words.ts";
import type { RouteEntries } from "./route-entries.ts";
import classes from "./when-fields.module.css";

export interface WhenFieldsProps {
  readonly entries: RouteEntries;
  readonly onWrite: (change: Partial<RouteEntries>) => void;
}

/** When people are told: always, or in hours of theirs; at once, or together. */
export function WhenFields({ entries, onWrite }: WhenFieldsProps) {
  return (
    <>
      <ChoiceList
        legend="When"
        kind="radio"
        name="when"
        options={[
          { key: "always", title: "Day and night" },
          { key: "hours", title: "In these hours", note: "Outside of them only the worst is told; the rest waits" },
        ]}
        chosen={[entries.hasHours ? "hours" : "always"]}
        onPick={(key) => {
          onWrite({ hasHours: key === "hours" });
        }}
      />
      {entries.hasHours ? <HourFields entries={entries} onWrite={onWrite} /> : null}
      <div className={classes["pair"]}>
        <TextField
          title="Together at these times of day"
          note="At once where it is empty"
          placeholder="09:00, 17:00"
          text={entries.digestAt}
          onText={(digestAt) => {
            onWrite({ digestAt });
          }}
        />
        <TextField
          title="Wait for more, seconds"
          note="What comes of one incident meanwhile is one message"
          type="number"
          min={0}
          max={86_400}
          text={entries.groupSeconds}
          onText={(groupSeconds) => {
            onWrite({ groupSeconds });
          }}
        />
      </div>
    </>
  );
}

function HourFields({ entries, onWrite }: WhenFieldsProps) {
  const { days, from, to, timeZone, quietSeverity } = entries;
  return (
    <>
      <fieldset className={classes["days"]}>
        <legend>Days</legend>
        {dayNames.map((name, index) => (
          <label key={name}>
            <input
              type="checkbox"
              checked={days.includes(index + 1)}
              onChange={() => {
                onWrite({ days: toggled(days.map(String), String(index + 1)).map(Number) });
              }}
            />
            {name}
          </label>
        ))}
      </fieldset>
      <div className={classes["pair"]}>
        <TextField
          title="From"
          type="time"
          required
          text={from}
          onText={(next) => {
            onWrite({ from: next });
          }}
        />
        <TextField
          title="To"
          type="time"
          required
          text={to}
          onText={(next) => {
            onWrite({ to: next });
          }}
        />
      </div>
      <TextField
        title="Time zone"
        required
        placeholder="Europe/Berlin"
        text={timeZone}
        onText={(next) => {
          onWrite({ timeZone: next });
        }}
      />
      <LevelChoice
        title="Outside of that, only what is this severe or worse"
        level={quietSeverity}
        onPick={(level) => {
          onWrite({ quietSeverity: level });
        }}
      />
    </>
  );
}
