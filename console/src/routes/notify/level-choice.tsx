import controls from "../../parts/controls.module.css";
import { isLevel, levels, levelWords, type Level } from "../../parts/levels.ts";

export interface LevelChoiceProps {
  readonly title: string;
  readonly level: Level;
  readonly onPick: (level: Level) => void;
}

/** One of the severities. */
export function LevelChoice({ title, level, onPick }: LevelChoiceProps) {
  return (
    <label>
      {title}
      <select
        className={controls["input"]}
        value={level}
        onChange={(event) => {
          if (isLevel(event.target.value)) onPick(event.target.value);
        }}
      >
        {levels.map((each) => (
          <option key={each} value={each}>
            {levelWords[each]}
          </option>
        ))}
      </select>
    </label>
  );
}
