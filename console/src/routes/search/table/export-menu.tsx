import { Menu } from "@mantine/core";
import { exportAddress } from "../../../api.ts";
import type { ExportFormat, Question } from "../../../api.ts";
import { Icon } from "../../../parts/icon.tsx";
import classes from "./menus.module.css";

const formats: readonly (readonly [format: ExportFormat, title: string, note: string])[] = [
  ["ndjson", "NDJSON", "whole records, one a line"],
  ["json", "JSON", "whole records, one list"],
  ["csv", "CSV", "one row an event, safe to open in a spreadsheet"],
];

/** Downloads everything that the search finds, not only what is on screen. */
export function ExportMenu({ question, paths }: { readonly question: Question; readonly paths: readonly string[] }) {
  return (
    <Menu position="bottom-end" shadow="md" width={300}>
      <Menu.Target>
        <button type="button" className={classes["tool"]}>
          <Icon name="download" /> <span>Export</span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {formats.map(([format, title, note]) => (
          <Menu.Item key={format} component="a" href={exportAddress(question, format, paths)} download>
            {title} <span className={classes["note"]}>{note}</span>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
