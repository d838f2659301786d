import { Popover } from "@mantine/core";
import { useState } from "react";
import { Icon } from "../../../parts/icon.tsx";
import { VisibleText } from "../../../parts/visible-text.tsx";
import { fieldNames } from "../query-text.ts";
import { defaultColumnKeys, ownColumns } from "./columns.tsx";
import classes from "./menus.module.css";

/** Which columns the table has; any field of the record can become one. */
export function ColumnMenu({
  keys,
  onChange,
}: {
  readonly keys: readonly string[];
  readonly onChange: (keys: readonly string[] | undefined) => void;
}) {
  const [path, setPath] = useState("");
  const extra = keys.filter((key) => !defaultColumnKeys.includes(key));
  function toggle(key: string): void {
    if (!keys.includes(key)) {
      const wanted = [...keys, key];
      const own = defaultColumnKeys.filter((each) => wanted.includes(each));
      onChange([...own, ...wanted.filter((each) => !own.includes(each))]);
    } else if (keys.length > 1) onChange(keys.filter((each) => each !== key));
  }
  return (
    <Popover position="bottom-end" shadow="md" width={280} trapFocus returnFocus>
      <Popover.Target>
        <button type="button" className={classes["tool"]}>
          <Icon name="columns" /> <span>Columns</span>
        </button>
      </Popover.Target>
      <Popover.Dropdown p={12}>
        <div className={classes["columns"]}>
          {ownColumns.map((column) => (
            <label key={column.key}>
              <input
                type="checkbox"
                checked={keys.includes(column.key)}
                onChange={() => {
                  toggle(column.key);
                }}
              />
              {column.title}
            </label>
          ))}
          {extra.map((key) => (
            <label key={key}>
              <input
                type="checkbox"
                checked
                onChange={() => {
                  toggle(key);
                }}
              />
              <VisibleText text={key} />
            </label>
          ))}
          <form
            onSubmit={(event) => {
              event.preventDefault();
              const key = path.trim().replaceAll(",", "");
              if (key !== "" && !keys.includes(key)) onChange([...keys, key]);
              setPath("");
            }}
          >
            <input
              type="text"
              list="tw-field-names"
              placeholder="Any field: requestParameters.userName"
              aria-label="Add a field as a column"
              value={path}
              onChange={(event) => {
                setPath(event.currentTarget.value);
              }}
            />
            <button type="submit">Add</button>
            <datalist id="tw-field-names">
              {fieldNames.map((name) => (
                <option key={name} value={name} />
              ))}
            </datalist>
          </form>
          <button
            type="button"
            className={classes["reset"]}
            onClick={() => {
              onChange(undefined);
            }}
          >
            Back to the usual columns
          </button>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
